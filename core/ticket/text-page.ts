const ascii = new TextDecoder('latin1');

/**
 * Makes texts of one length many at a time: all are written as ASCII into one buffer, decoded together and cut, ten times
 * faster than one by one. The buffer serves again, since the browser holds on to each view that its decoder was given.
 * @param length of each text, in characters.
 */
export function textPageWriter(
  length: number,
): (count: number, write: (chars: Uint8Array, to: number, index: number) => void) => string[] {
  let chars = new Uint8Array(0);
  return (count, write) => {
    if (chars.length !== count * length) chars = new Uint8Array(count * length);
    for (let index = 0; index < count; index++) write(chars, index * length, index);
    const text = ascii.decode(chars);
    return Array.from({ length: count }, (_, index) => text.slice(index * length, (index + 1) * length));
  };
}
