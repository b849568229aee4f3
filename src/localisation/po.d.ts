/** A catalog, as the build compiles it: message by id. */
declare module '*.po' {
  export const messages: import('@lingui/core').Messages;
}
