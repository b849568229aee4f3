import { t } from '@lingui/core/macro';
import { type TicketType, type TicketTypeInput, ticketTypeInputSchema } from '../../../core/api/event.ts';
import { minorDigits } from '../../utils/format.ts';
import { instantOf, wallTimeOf } from '../../utils/zoned-time.ts';

export type TypeColour = TicketTypeInput['colour'];
export const TYPE_COLOURS = ticketTypeInputSchema.shape.colour.options;

/** A type as its form holds it: money in major units, times on the event's clock, empty for "none". */
export interface TypeFormValues {
  name: string;
  price: number | string;
  colour: TypeColour;
  capacity: number | string;
  notBefore: string;
  notAfter: string;
}

export interface EventTerms {
  readonly currency: string;
  readonly timeZone: string;
}

export function emptyTypeValues(types: readonly TicketType[]): TypeFormValues {
  return { name: '', price: '', colour: nextColour(types), capacity: '', notBefore: '', notAfter: '' };
}

export function typeValuesOf(type: TicketTypeInput, { currency, timeZone }: EventTerms): TypeFormValues {
  const wallTime = (at: number | null) => (at === null ? '' : wallTimeOf(at, timeZone));
  return {
    name: type.name,
    price: type.priceMinor / 10 ** minorDigits(currency),
    colour: type.colour,
    capacity: type.capacity ?? '',
    notBefore: wallTime(type.notBefore),
    notAfter: wallTime(type.notAfter),
  };
}

export function typeInputOf(values: TypeFormValues, { currency, timeZone }: EventTerms): TicketTypeInput {
  return {
    name: values.name.trim(),
    priceMinor: Math.round(Number(values.price) * 10 ** minorDigits(currency)),
    colour: values.colour,
    capacity: values.capacity === '' ? null : Number(values.capacity),
    notBefore: instantOf(values.notBefore, timeZone) ?? null,
    notAfter: instantOf(values.notAfter, timeZone) ?? null,
  };
}

/** The first colour that no type has yet, so that neighbours differ without being asked. */
export function nextColour(types: readonly Pick<TicketType, 'colour'>[]): TypeColour {
  const preferred: readonly TypeColour[] = ['blue', 'grape', 'teal', 'orange', 'gray', ...TYPE_COLOURS];
  return preferred.find((colour) => !types.some((type) => type.colour === colour)) ?? 'blue';
}

/** What most events have, named in the language in use. */
export function usualTypes(): readonly TicketTypeInput[] {
  const named = [
    [t`General`, 'blue'],
    [t`VIP`, 'grape'],
    [t`Student`, 'teal'],
    [t`Press`, 'orange'],
    [t`Crew`, 'gray'],
  ] as const;
  return named.map(([name, colour]) => ({
    name,
    colour,
    priceMinor: 0,
    capacity: null,
    notBefore: null,
    notAfter: null,
  }));
}
