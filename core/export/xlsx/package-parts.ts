import type { ExportContext } from '../format.ts';
import { XML_DECLARATION, xmlText } from './xml-text.ts';

/** The parts around the worksheets: Open Packaging Conventions (ECMA-376 part 2) and the workbook. */

const RELATIONSHIP_TYPE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE_TYPE = 'http://schemas.openxmlformats.org/package/2006';
const PACKAGE_CONTENT_TYPE = 'application/vnd.openxmlformats-package';
const OFFICE_CONTENT_TYPE = 'application/vnd.openxmlformats-officedocument';

export interface Relationship {
  /** The last step of its type, like `worksheet`; `package/…` for those of the package itself. */
  readonly type: string;
  readonly target: string;
}

/** A relationships part; ids are `rId1` and up, in order. */
export function relationshipsXml(relationships: readonly Relationship[]): string {
  const items = relationships.map(({ type, target }, index) => {
    const uri = type.startsWith('package/')
      ? `${PACKAGE_TYPE}/relationships/${type.slice('package/'.length)}`
      : `${RELATIONSHIP_TYPE}/${type}`;
    return `<Relationship Id="rId${index + 1}" Type="${uri}" Target="${target}"/>`;
  });
  return `${XML_DECLARATION}<Relationships xmlns="${PACKAGE_TYPE}/relationships">${items.join('')}</Relationships>`;
}

export const PACKAGE_RELATIONSHIPS: readonly Relationship[] = [
  { type: 'officeDocument', target: 'xl/workbook.xml' },
  { type: 'package/metadata/core-properties', target: 'docProps/core.xml' },
  { type: 'extended-properties', target: 'docProps/app.xml' },
];

const CONTENT_TYPES: readonly (readonly [RegExp, string])[] = [
  [/^xl\/workbook\.xml$/, `${OFFICE_CONTENT_TYPE}.spreadsheetml.sheet.main+xml`],
  [/^xl\/worksheets\/[^/]+\.xml$/, `${OFFICE_CONTENT_TYPE}.spreadsheetml.worksheet+xml`],
  [/^xl\/styles\.xml$/, `${OFFICE_CONTENT_TYPE}.spreadsheetml.styles+xml`],
  [/^xl\/drawings\/[^/]+\.xml$/, `${OFFICE_CONTENT_TYPE}.drawing+xml`],
  [/^xl\/charts\/[^/]+\.xml$/, `${OFFICE_CONTENT_TYPE}.drawingml.chart+xml`],
  [/^docProps\/core\.xml$/, `${PACKAGE_CONTENT_TYPE}.core-properties+xml`],
  [/^docProps\/app\.xml$/, `${OFFICE_CONTENT_TYPE}.extended-properties+xml`],
];

/** `[Content_Types].xml` for these parts; relationships have theirs by extension. */
export function contentTypesXml(partNames: readonly string[]): string {
  const overrides = partNames.flatMap((name) => {
    const type = CONTENT_TYPES.find(([pattern]) => pattern.test(name))?.[1];
    return type === undefined ? [] : `<Override PartName="/${name}" ContentType="${type}"/>`;
  });
  return (
    `${XML_DECLARATION}<Types xmlns="${PACKAGE_TYPE}/content-types">` +
    `<Default Extension="rels" ContentType="${PACKAGE_CONTENT_TYPE}.relationships+xml"/>` +
    `<Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`
  );
}

export interface WorkbookSheet {
  readonly name: string;
  readonly partName: string;
  /** Of its filter, like `A1:K101`. */
  readonly filterRange: string | null;
}

/** `xl/workbook.xml`; the relationship of a sheet has the id of its place. */
export function workbookXml(sheets: readonly WorkbookSheet[]): string {
  const items = sheets.map(
    ({ name }, index) => `<sheet name="${xmlText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  // Excel keeps the range of a filter here too.
  const names = sheets.flatMap(({ name, filterRange }, index) =>
    filterRange === null
      ? []
      : `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">` +
        `'${xmlText(name)}'!${absolute(filterRange)}</definedName>`,
  );
  return (
    `${XML_DECLARATION}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"` +
    ` xmlns:r="${RELATIONSHIP_TYPE}"><bookViews><workbookView/></bookViews><sheets>${items.join('')}</sheets>` +
    `${names.length === 0 ? '' : `<definedNames>${names.join('')}</definedNames>`}</workbook>`
  );
}

/** `$A$1:$K$101` of `A1:K101`. */
function absolute(range: string): string {
  return range.replaceAll(/([A-Z]+)(\d+)/g, '$$$1$$$2');
}

export function corePropertiesXml({ now, author }: ExportContext): string {
  const created = `${now.toISOString().slice(0, 19)}Z`;
  const creator = author === undefined ? '' : `<dc:creator>${xmlText(author)}</dc:creator>`;
  return (
    `${XML_DECLARATION}<cp:coreProperties xmlns:cp="${PACKAGE_TYPE}/metadata/core-properties"` +
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"' +
    ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${creator}` +
    `<dcterms:created xsi:type="dcterms:W3CDTF">${created}</dcterms:created></cp:coreProperties>`
  );
}

export function applicationPropertiesXml(): string {
  return (
    `${XML_DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">` +
    '<Application>Ticketmint</Application></Properties>'
  );
}
