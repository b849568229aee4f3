/**
 * Gives the memory of bytes back at once, whose owner is done with them: an engine lets tens of MB of buffers become
 * garbage before it looks. Whatever shares the buffer is empty from then on.
 */
export function release({ buffer }: Uint8Array<ArrayBuffer>): void {
  // Safari before 17.4 cannot.
  buffer.transfer?.(0);
}
