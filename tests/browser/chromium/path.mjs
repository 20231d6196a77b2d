// Unpacks the browser, if that has not been done, and prints where it is.
import chromium from "@sparticuz/chromium";

console.log(await chromium.executablePath());
