async function unpacked(url) {
  const { body } = await fetch(url);
  return new Uint8Array(await new Response(body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
}

onmessage = async ({ data: { runtime, source, snapshot } }) => {
  const memory = snapshot ? { _loadSnapshot: unpacked(snapshot) } : {};
  const { loadPyodide } = await import(`${runtime}pyodide.mjs`);
  const pyodide = await loadPyodide({ ...memory, stdout: (text) => postMessage(text) });
  await pyodide.runPythonAsync(source);
};
