import { formatLocale } from '../../utils/format.ts';

/** The currency that people of a region pay in, for the regions we have met; others choose. */
const CURRENCY_OF_REGION: Readonly<Record<string, string>> = {
  AE: 'AED',
  AU: 'AUD',
  BD: 'BDT',
  BR: 'BRL',
  CA: 'CAD',
  CH: 'CHF',
  CN: 'CNY',
  CZ: 'CZK',
  DK: 'DKK',
  GB: 'GBP',
  HK: 'HKD',
  ID: 'IDR',
  IN: 'INR',
  JP: 'JPY',
  KE: 'KES',
  KR: 'KRW',
  LK: 'LKR',
  MX: 'MXN',
  MY: 'MYR',
  NG: 'NGN',
  NO: 'NOK',
  NP: 'NPR',
  NZ: 'NZD',
  PH: 'PHP',
  PL: 'PLN',
  SE: 'SEK',
  SG: 'SGD',
  TH: 'THB',
  TR: 'TRY',
  US: 'USD',
  ZA: 'ZAR',
};
const EURO_REGIONS = new Set('AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK'.split(' '));

/** A first guess for a new event. */
export function currencyOfLocale(locale: string): string {
  const region = new Intl.Locale(locale).maximize().region ?? '';
  return EURO_REGIONS.has(region) ? 'EUR' : (CURRENCY_OF_REGION[region] ?? 'USD');
}

/** Every ISO 4217 code that the browser knows, with its name: `INR · Indian Rupee`. */
export function currencyOptions(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(formatLocale(), { type: 'currency' });
  return Intl.supportedValuesOf('currency').map((code) => ({ value: code, label: `${code} · ${names.of(code)}` }));
}
