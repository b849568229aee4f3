import { XML_DECLARATION, xmlText } from './xml-text.ts';

/** The cells of one chart, and what is in them, so that it is drawn also where nothing is calculated. */
export interface Chart {
  readonly title: string;
  /** What the values are. */
  readonly seriesTitle: string;
  readonly isOverTime: boolean;
  /** Like `Statistics!$A$6:$A$9`. */
  readonly categoriesRange: string;
  readonly categories: readonly string[];
  /** Set where the categories are serial dates. */
  readonly categoriesFormat: string | null;
  readonly valuesRange: string;
  readonly values: readonly number[];
}

const BAR_COLOUR = '3B5BDB';
const CATEGORY_AXIS = 1;
const VALUE_AXIS = 2;
/** EMU, 914,400 to the inch: half a point. */
const LINE_WIDTH = 6_350;
const CHART_ROWS = 15;
const CHART_COLUMNS = 8;
/** Where charts begin: beside the tables, after one empty column. */
const FIRST_COLUMN = 4;

/** A chart part (ECMA-376 21.2): columns over time, else bars from top to bottom in the order of the table. */
export function chartXml(chart: Chart): string {
  const { title, isOverTime } = chart;
  return (
    `${XML_DECLARATION}<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"` +
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:roundedCorners val="0"/>' +
    `<c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1200" b="1"/></a:pPr><a:r>` +
    `<a:rPr lang="en-US" sz="1200" b="1"/><a:t>${xmlText(title)}</a:t></a:r></a:p></c:rich></c:tx>` +
    '<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>' +
    `<c:barChart><c:barDir val="${isOverTime ? 'col' : 'bar'}"/><c:grouping val="clustered"/><c:varyColors val="0"/>` +
    `${seriesXml(chart)}<c:gapWidth val="60"/><c:axId val="${CATEGORY_AXIS}"/><c:axId val="${VALUE_AXIS}"/></c:barChart>` +
    `${axesXml(isOverTime)}</c:plotArea><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart></c:chartSpace>`
  );
}

function seriesXml({ seriesTitle, categoriesRange, categories, categoriesFormat, valuesRange, values }: Chart): string {
  const points = (items: readonly (string | number)[]) =>
    `<c:ptCount val="${items.length}"/>` +
    items.map((item, index) => `<c:pt idx="${index}"><c:v>${xmlText(String(item))}</c:v></c:pt>`).join('');
  const labels =
    categoriesFormat === null
      ? `<c:strRef><c:f>${categoriesRange}</c:f><c:strCache>${points(categories)}</c:strCache></c:strRef>`
      : `<c:numRef><c:f>${categoriesRange}</c:f><c:numCache><c:formatCode>${xmlText(categoriesFormat)}</c:formatCode>` +
        `${points(categories)}</c:numCache></c:numRef>`;
  return (
    `<c:ser><c:idx val="0"/><c:order val="0"/><c:tx><c:v>${xmlText(seriesTitle)}</c:v></c:tx>` +
    `<c:spPr><a:solidFill><a:srgbClr val="${BAR_COLOUR}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>` +
    `<c:cat>${labels}</c:cat><c:val><c:numRef><c:f>${valuesRange}</c:f><c:numCache>` +
    `<c:formatCode>#,##0</c:formatCode>${points(values)}</c:numCache></c:numRef></c:val></c:ser>`
  );
}

/** In a chart of bars the first category stands at the bottom, unless the axis is turned round. */
function axesXml(isOverTime: boolean): string {
  const line = `<c:spPr><a:ln w="${LINE_WIDTH}"><a:solidFill><a:srgbClr val="CED4DA"/></a:solidFill></a:ln></c:spPr>`;
  return (
    `<c:catAx><c:axId val="${CATEGORY_AXIS}"/>` +
    `<c:scaling><c:orientation val="${isOverTime ? 'minMax' : 'maxMin'}"/></c:scaling><c:delete val="0"/>` +
    `<c:axPos val="${isOverTime ? 'b' : 'l'}"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>` +
    `<c:tickLblPos val="low"/>${line}<c:crossAx val="${VALUE_AXIS}"/><c:crosses val="autoZero"/><c:auto val="0"/>` +
    '<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>' +
    `<c:valAx><c:axId val="${VALUE_AXIS}"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>` +
    `<c:delete val="0"/><c:axPos val="${isOverTime ? 'l' : 'b'}"/><c:majorGridlines>${line}</c:majorGridlines>` +
    '<c:numFmt formatCode="#,##0" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>' +
    `<c:tickLblPos val="nextTo"/>${line}<c:crossAx val="${CATEGORY_AXIS}"/>` +
    `<c:crosses val="${isOverTime ? 'autoZero' : 'max'}"/><c:crossBetween val="between"/></c:valAx>`
  );
}

/** The drawing part that lays the charts one under another (ECMA-376 20.5); relationship ids are `rId1` and up. */
export function drawingXml(charts: readonly Chart[]): string {
  return (
    `${XML_DECLARATION}<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"` +
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">' +
    `${charts.map(({ title }, index) => anchorXml(title, index)).join('')}</xdr:wsDr>`
  );
}

function anchorXml(title: string, index: number): string {
  const top = 1 + index * (CHART_ROWS + 1);
  const corner = (name: string, column: number, row: number) =>
    `<xdr:${name}><xdr:col>${column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${row}</xdr:row>` +
    `<xdr:rowOff>0</xdr:rowOff></xdr:${name}>`;
  return (
    `<xdr:twoCellAnchor>${corner('from', FIRST_COLUMN, top)}` +
    `${corner('to', FIRST_COLUMN + CHART_COLUMNS, top + CHART_ROWS)}<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr>` +
    `<xdr:cNvPr id="${index + 2}" name="Chart ${index + 1}" descr="${xmlText(title)}"/><xdr:cNvGraphicFramePr/>` +
    '</xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic>' +
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">' +
    '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"' +
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"' +
    ` r:id="rId${index + 1}"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>`
  );
}
