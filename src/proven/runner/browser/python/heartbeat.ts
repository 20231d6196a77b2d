/** Calls back while Python blocks the worker, where no timer fires. */

import type { Pyodide } from "../../interpreter.ts";

/** Call `tick` again and again from now on; `null` ends it. */
export type Beat = (tick: (() => void) | null) => void;

interface Interruptible extends Pyodide {
  setInterruptBuffer: (buffer: object | undefined) => void;
}

/** CPython polls the interrupt buffer as it executes bytecode, and the clock as it sleeps.
 *
 * Polling slows tight loops, so beat only while something waits for it.
 */
export function heartbeat(pyodide: Pyodide): Beat {
  const { setInterruptBuffer } = pyodide as Interruptible; // a Pyodide that has died answers no look-up
  const now = performance.now.bind(performance);
  return (tick) => {
    const buffer = tick && { get 0() { return tick(), 0; }, set 0(_: number) {} };
    setInterruptBuffer(buffer ?? undefined);
    performance.now = tick ? () => (tick(), now()) : now;
  };
}
