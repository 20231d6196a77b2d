/** Puts what a program prints into the page. */

/** How many characters and lines more are shown; less than nothing where some were taken away. */
export type Growth = [characters: number, lines: number];

export type Writer = (place: Element, text: string) => Growth;

/** Shows every character as it is. */
export const plain: Writer = (place, text) => {
  place.append(text);
  return [text.length, text.split("\n").length - 1];
};
