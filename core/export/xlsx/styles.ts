import type { Column } from '../format.ts';
import type { TextStyles } from './cells.ts';
import { XML_DECLARATION, xmlText } from './xml-text.ts';

/** The first number format id that is not built in (ECMA-376 18.8.30). */
const FIRST_CUSTOM_FORMAT = 164;
const BUILT_IN = { general: 0, integer: 1, grouped: 3, text: 49 } as const;
const INSTANT_FORMAT = 'yyyy\\-mm\\-dd\\ hh:mm:ss';
export const DAY_FORMAT = 'yyyy\\-mm\\-dd';
const FONTS = [
  '<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>',
  '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font>',
  '<font><b/><sz val="16"/><name val="Calibri"/><family val="2"/></font>',
];
const BOLD = 1;
const TITLE = 2;
/** The first two are fixed by the standard's users: Excel takes them for none and a grid of dots, whatever they say. */
const FILLS = [
  '<fill><patternFill patternType="none"/></fill>',
  '<fill><patternFill patternType="gray125"/></fill>',
  '<fill><patternFill patternType="solid"><fgColor rgb="FFE8EDF5"/><bgColor indexed="64"/></patternFill></fill>',
];
const HEADER_FILL = 2;

interface CellFormat {
  readonly numberFormat: number;
  readonly font?: number;
  readonly fill?: number;
  readonly isQuoted?: boolean;
}

/** The cell styles of one workbook, by their index in `cellXfs`; amounts get one for each kind of currency. */
export class Styles {
  readonly #customFormats = [INSTANT_FORMAT, DAY_FORMAT];
  /** The first is what cells without a style have. */
  readonly #formats: CellFormat[] = [{ numberFormat: BUILT_IN.general }];

  readonly text: TextStyles = {
    plain: this.#add({ numberFormat: BUILT_IN.text }),
    quoted: this.#add({ numberFormat: BUILT_IN.text, isQuoted: true }),
  };
  readonly header: TextStyles = {
    plain: this.#add({ numberFormat: BUILT_IN.text, font: BOLD, fill: HEADER_FILL }),
    quoted: this.#add({ numberFormat: BUILT_IN.text, font: BOLD, fill: HEADER_FILL, isQuoted: true }),
  };
  readonly title: TextStyles = {
    plain: this.#add({ numberFormat: BUILT_IN.text, font: TITLE }),
    quoted: this.#add({ numberFormat: BUILT_IN.text, font: TITLE, isQuoted: true }),
  };
  readonly integer = this.#add({ numberFormat: BUILT_IN.integer });
  readonly count = this.#add({ numberFormat: BUILT_IN.grouped });
  readonly instant = this.#add({ numberFormat: FIRST_CUSTOM_FORMAT });
  readonly day = this.#add({ numberFormat: FIRST_CUSTOM_FORMAT + 1 });
  readonly #amounts = new Map<string, number>();

  /** The style of an amount column's cells: grouped, with the digits of its minor unit. */
  amount({ fractionDigits = 2 }: Column): number {
    const code = amountFormat(fractionDigits);
    const known = this.#amounts.get(code);
    if (known !== undefined) return known;
    const numberFormat = FIRST_CUSTOM_FORMAT + this.#customFormats.push(code) - 1;
    const style = this.#add({ numberFormat });
    this.#amounts.set(code, style);
    return style;
  }

  /** `xl/styles.xml`, once all styles have been asked for. */
  xml(): string {
    const numberFormats = this.#customFormats.map(
      (code, index) => `<numFmt numFmtId="${FIRST_CUSTOM_FORMAT + index}" formatCode="${xmlText(code)}"/>`,
    );
    return (
      `${XML_DECLARATION}<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
      counted('numFmts', numberFormats) +
      counted('fonts', FONTS) +
      counted('fills', FILLS) +
      counted('borders', ['<border><left/><right/><top/><bottom/><diagonal/></border>']) +
      counted('cellStyleXfs', ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>']) +
      counted('cellXfs', this.#formats.map(formatXml)) +
      counted('cellStyles', ['<cellStyle name="Normal" xfId="0" builtinId="0"/>']) +
      '</styleSheet>'
    );
  }

  #add(format: CellFormat): number {
    return this.#formats.push(format) - 1;
  }
}

function amountFormat(fractionDigits: number): string {
  return fractionDigits === 0 ? '#,##0' : `#,##0.${'0'.repeat(fractionDigits)}`;
}

function counted(name: string, items: readonly string[]): string {
  return `<${name} count="${items.length}">${items.join('')}</${name}>`;
}

function formatXml({ numberFormat, font = 0, fill = 0, isQuoted = false }: CellFormat): string {
  const applied =
    (numberFormat === 0 ? '' : ' applyNumberFormat="1"') +
    (font === 0 ? '' : ' applyFont="1"') +
    (fill === 0 ? '' : ' applyFill="1"');
  const quote = isQuoted ? ' quotePrefix="1"' : '';
  return `<xf numFmtId="${numberFormat}" fontId="${font}" fillId="${fill}" borderId="0" xfId="0"${quote}${applied}/>`;
}
