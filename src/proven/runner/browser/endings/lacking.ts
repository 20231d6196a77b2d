/** What browsers lack, and what learners meet first: by the exception that a program ends in, a sentence that helps. */

import { AT_HOME, noteOnModule, PROCESSES, TERMINAL } from "./modules.ts";

const NETWORK =
  "A program in the browser has no network, neither to ask for something nor to serve it: " +
  `${AT_HOME}, or put the data into the program.`;

type Note = string | ((matched: string, version: string) => string);

/** A pattern of a traceback, whose last line is the exception, and what is said where it fits: of the group, if there is one. */
const NOTES: readonly (readonly [RegExp, Note])[] = [
  // The system.
  [/\b(?:open|create)_(?:unix_)?connection\([^]*^RuntimeError: can't start new thread/m, NETWORK],
  [/^urllib\.error\.URLError|^OSError: \[Errno 23\]|^socket\.gaierror|^(?:BlockingIO|Connection\w*)Error: \[Errno/m, NETWORK],
  [/module 'socket' has no attribute/, NETWORK],
  [
    /^RuntimeError: can't start new thread/m,
    `A browser has no threads: ${AT_HOME}, or use tasks of asyncio, which need none.`,
  ],
  [/does not support processes|lacks multiprocessing|module 'os' has no attribute '(?:fork|exec|spawn|posix_spawn)/, PROCESSES],
  [/(?:\bos\.\w+|\.start|Pool\w*)\([^]*^OSError: \[Errno 52\]|\bcreate_subprocess_\w+\([^]*^NotImplementedError/m, PROCESSES],
  [/^OSError: \[Errno 138\]/m, NETWORK],
  [/\b(?:termios|tty)\.\w+\(/, TERMINAL],
  [
    /module 'signal' has no attribute|\bsignal\.(?:pause|setitimer|sigwait)\(/,
    `A browser has no signals for this: ${AT_HOME}. The button Stop ends a program here.`,
  ],
  [
    /module 'ctypes' has no attribute '(?:windll|WinDLL|oledll)'/,
    `This is for Windows only, and the browser is a small Unix: ${AT_HOME}.`,
  ],
  [/could not load dynamic lib/i, `There is no C library to load in the browser: ${AT_HOME}.`],

  // What a program is given.
  [/It is there for code that says/, ""],
  [
    /No module named 'tzdata'/,
    `There are no time zones here: use timezone(timedelta(hours=2)) of datetime, or ${AT_HOME}.`,
  ],
  [/^ModuleNotFoundError: .*?\bmodule (?:named )?'(\w+)/m, noteOnModule],
  [
    /^FileNotFoundError: \[Errno 44\] .*?: (['"].*['"])$/m,
    (path) =>
      "A program in the browser cannot see the files of your computer. " +
      `It has files of its own, for one run: write ${path} first, in the same program.`,
  ],
  [/^EOFError: EOF when reading/m, "There was no more input, for it was ended. Run the program again to type what it asks for."],
  [
    /sys\.argv\[[^]*^IndexError|\bparse_(?:known_)?args\([^]*^SystemExit: 2$/m,
    'A program in the browser is started without arguments. Set them yourself, at its start: sys.argv = ["example.py", "first"].',
  ],
  [
    /os\.environ\[[^]*^KeyError/m,
    "Your environment variables are not here. Set this one at the start of the program, or use os.environ.get() with a default.",
  ],

  // What is no program.
  [
    /^ {4}[!%]?((?:pip3?|python3?|py|conda|uv|sudo|apt|brew|cd|git|npm) [^\n(=]*)\n[^]*^SyntaxError/m,
    (line) => `This is a command of the terminal, and not Python: type “${line}” there, on your own computer.`,
  ],
  [
    /^ {4}>>> [^]*^SyntaxError/m,
    "This is a session as a terminal shows it: copy the code without the prompt >>>, and without what it has printed.",
  ],
  [/^ {4}[!%][^]*^SyntaxError/m, "A line that begins with % or ! is for a notebook, not for Python: leave it out."],

  // What has no end, or no beginning.
  [
    /asyncio\.run\(\) cannot be called from a running event loop/,
    "An event loop runs already, and there is one at a time: do not run a coroutine in another, await it.",
  ],
  [
    /^SyntaxError: 'await' outside (?:async )?function/m,
    "Only coroutines await: begin this function with async def, and await it where it is called.",
  ],
  [
    /^(?:proven\.harness\.loop\.)?Deadlock: /m,
    "Each task waits for another: look for an event that nobody sets, a queue that nobody fills, a lock that nobody releases.",
  ],
  [/^RecursionError/m, "A function calls itself without end: look for the case where it ends, and whether that is reached."],
];

/** A sentence or two for the reader; "" where the exception says enough. */
export function noteOn(traceback: string, version: string): string {
  for (const [pattern, note] of NOTES) {
    const match = pattern.exec(traceback);
    if (match) return typeof note === "string" ? note : note(match[1] ?? "", version);
  }
  return "";
}
