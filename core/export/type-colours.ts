import type { TicketTypeInput } from '../api/event.ts';
import type { Colour } from '../pdf/page-canvas.ts';

/** The interface's palette as it is printed. */
const TYPE_COLOURS: Readonly<Record<TicketTypeInput['colour'], Colour>> = {
  gray: [73, 80, 87],
  red: [224, 49, 49],
  pink: [194, 37, 92],
  grape: [156, 54, 181],
  violet: [103, 65, 217],
  indigo: [59, 91, 219],
  blue: [25, 113, 194],
  cyan: [12, 133, 153],
  teal: [9, 146, 104],
  green: [47, 158, 68],
  lime: [102, 168, 15],
  yellow: [240, 140, 0],
  orange: [232, 89, 12],
};
const NO_TYPE_COLOUR: Colour = [73, 80, 87];

/**
 * A type's colour on paper.
 * @param names colours of the palette by the types' names.
 */
export function typeColour(type: string | null, names: Readonly<Record<string, string>>): Colour {
  const name = type === null || !Object.hasOwn(names, type) ? undefined : names[type];
  return (TYPE_COLOURS as Readonly<Record<string, Colour>>)[name ?? ''] ?? NO_TYPE_COLOUR;
}
