onmessage = async ({ data: { runtime, source } }) => {
  const { loadPyodide } = await import(`${runtime}pyodide.mjs`);
  const pyodide = await loadPyodide({ stdout: (text) => postMessage(text) });
  await pyodide.runPythonAsync(source);
};
