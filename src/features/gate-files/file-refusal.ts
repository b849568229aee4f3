/**
 * Why a file that is whole is not taken.
 * - `wrong-event`: it is of another event.
 * - `older`: this device knows more already.
 * - `for-gates`, `for-tablet`: it goes the other way.
 * - `no-gate`: it has no gate, or not this device's.
 * - `other-key`: another device signed it than the one whose key was compared.
 */
export type RefusalReason = 'wrong-event' | 'older' | 'for-gates' | 'for-tablet' | 'no-gate' | 'other-key';

/** A gate file that can be read and is not taken; nothing was changed. */
export class FileRefusal extends Error {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason) {
    super(`the file is refused: ${reason}`);
    this.name = 'FileRefusal';
    this.reason = reason;
  }
}
