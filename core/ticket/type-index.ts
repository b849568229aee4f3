/** A token's type is a u8; an index is never reused within an event. */
export const MAX_TYPE_INDEX = 0xff;
