/** What to say of a module that is not there. */

export const AT_HOME = "run this on your own computer";
export const PROCESSES = `A browser starts no other processes, and has no shell: ${AT_HOME}, or do the work in this one.`;
export const TERMINAL = `There is no terminal, only lines of input and output: use input() and print(), or ${AT_HOME}.`;

/** Names of modules of the standard library that a browser has nothing for, and what is said of them. */
const STANDARD: Record<string, string> = {
  "turtle tkinter _tkinter": `There is no window to draw in: ${AT_HOME}.`,
  "curses _curses readline termios tty pty": TERMINAL,
  "msvcrt winsound winreg _winapi nt": `This module is for Windows only, and the browser is a small Unix: ${AT_HOME}, or do without.`,
  "_multiprocessing _posixsubprocess": PROCESSES,
  "fcntl grp nis resource spwd syslog": `A browser has none of the operating system that this module is about: ${AT_HOME}.`,
  "pip ensurepip venv": `pip is not here, and nothing can be installed: ${AT_HOME}.`,
  js: `A program cannot open a page, nor reach the browser: print the address, and open it in a tab.`,
};

/** Modules that the interpreters of earlier versions come without. */
const SINCE_3_14 = /^_?(ssl|sqlite3|lzma)$/;

/** Names of packages that have nothing to work with, and what is said of that. */
const IDLE: Record<string, string> = {
  [
    "requests aiohttp flask httpx urllib3 selenium playwright discord telegram telebot websockets websocket uvicorn gunicorn " +
    "fastapi django boto3 paramiko pymongo redis psycopg psycopg2 mysql pymysql openai tweepy praw yfinance scrapy serial"
  ]: "Nor is there a network for it.",
  [
    "pygame pyautogui PyQt5 PyQt6 PySide6 kivy arcade pyglet pynput keyboard mouse customtkinter wx pyperclip streamlit"
  ]: "Nor is there a window for it.",
  "playsound pyttsx3 pyaudio speech_recognition gtts sounddevice vlc": "Nor is there any sound.",
  "IPython ipywidgets": "Print it instead.",
};

/** Packages that pip knows by another name. */
const PIP_NAMES: Record<string, string> = {
  attr: "attrs",
  bs4: "beautifulsoup4",
  cv2: "opencv-python",
  Crypto: "pycryptodome",
  dateutil: "python-dateutil",
  discord: "discord.py",
  docx: "python-docx",
  dotenv: "python-dotenv",
  fitz: "pymupdf",
  gtts: "gTTS",
  jwt: "pyjwt",
  mysql: "mysql-connector-python",
  PIL: "pillow",
  psycopg2: "psycopg2-binary",
  serial: "pyserial",
  skimage: "scikit-image",
  sklearn: "scikit-learn",
  speech_recognition: "SpeechRecognition",
  telebot: "pyTelegramBotAPI",
  telegram: "python-telegram-bot",
  vlc: "python-vlc",
  websocket: "websocket-client",
  wx: "wxPython",
  yaml: "pyyaml",
};

/** Other packages that many programs import. */
const KNOWN = new Set(
  (
    "numpy pandas matplotlib scipy seaborn plotly torch tensorflow keras transformers sympy networkx nltk spacy numba polars " +
    "openpyxl xlrd tabulate tqdm rich click typer sqlalchemy colorama termcolor jinja2 lxml faker pydantic pytest hypothesis " +
    "attrs more_itertools cryptography psutil schedule emoji pyfiglet qrcode wikipedia regex black mypy ruff"
  ).split(" "),
);

/** @param name - The module's, without what is in it. */
export function noteOnModule(name: string, version: string): string {
  if (SINCE_3_14.test(name)) {
    return `Python ${version} comes without this module in the browser: choose Python 3.14 for this page, or ${AT_HOME}.`;
  }
  const standard = find(STANDARD, name);
  if (standard) return standard;
  const idle = find(IDLE, name);
  if (!idle && !KNOWN.has(name) && !(name in PIP_NAMES)) {
    return `There is no module ${name} here. If it is one of your own, write it to ${name}.py first, in the same program.`;
  }
  const install = `On your own computer: pip install ${PIP_NAMES[name] ?? name.replaceAll("_", "-")}.`;
  return [`The package ${name} is not here.`, idle, install].filter(Boolean).join(" ");
}

function find(table: Record<string, string>, name: string): string | undefined {
  return Object.entries(table).find(([names]) => names.split(" ").includes(name))?.[1];
}
