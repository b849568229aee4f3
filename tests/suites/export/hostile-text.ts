import fc from 'fast-check';
import type { CellValue } from '../../../core/export/format.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  // What formats have to guard, close together: lone surrogates, control characters, quotes, line ends, mark-up.
  fc
    .array(
      fc.constantFrom(
        ...'\ud800 \udc00 \0 " , ; \t \r \n = \' a \ufffe \uffff \x1b \x85 \u2028 < > & ]]> \\ 👩'.split(' '),
        ' ',
      ),
    )
    .map((parts) => parts.join('')),
);

/** Text that no writer expects, or nothing (E2). */
export const anyCell: fc.Arbitrary<CellValue> = fc.option(anyText);
