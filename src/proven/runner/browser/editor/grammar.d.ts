/** Written by the build. */
declare module "grammar" {
  const grammar: import("./lexer.ts").Grammar;
  export default grammar;
}
