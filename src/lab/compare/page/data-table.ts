/** A table of the comparison as one that can be sorted: numbers carry what they are sorted by. */

import type { Figures } from '../figures.ts';
import type { Cell, Column, Table } from '../tables.ts';
import { html, type Markup } from './markup.ts';

/** A page with more rows is not read; the files hold all of them. */
export const ROWS_SHOWN = 500;

/** `columns` are the keys of those that the page shows. */
export function dataTable(table: Table, columns: readonly string[], figures: Figures): Markup {
  const shown = table.columns.flatMap((column, index) =>
    columns.includes(column.key) ? [{ column, index }] : [],
  );
  const rows = table.rows.slice(0, ROWS_SHOWN);
  const head = shown.map(
    ({ column }) =>
      html`<th scope="col"${column.kind === 'text' || column.kind === 'order' ? undefined : NUMBER}>${column.title}</th>`,
  );
  const body = rows.map(
    (
      row,
      order,
    ) => html`<tr>${shown.map(({ column, index }) => cellOf(column, row[index], order, figures))}</tr>
`,
  );
  const rest = table.rows.length - rows.length;
  return html`<div class="table" tabindex="0" role="region" aria-label="Table: ${table.title}"><table>
<caption>${table.title}${rest > 0 ? `: the first ${ROWS_SHOWN} of ${table.rows.length}; --csv writes them all` : ''}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${body}</tbody></table></div>`;
}

const NUMBER = html` class="number"`;

function cellOf({ kind, isFare }: Column, cell: Cell, order: number, figures: Figures): Markup {
  const said = figures.cell(kind, cell);
  if (kind === 'text') return html`<td>${said}</td>`;
  if (kind === 'order') return html`<td data-value="${order}">${said}</td>`;
  const tone = isFare === true && typeof cell === 'number' ? ` ${toneOf(cell)}` : '';
  return html`<td class="number${tone}" data-value="${cell}">${said}</td>`;
}

/** Who pays less is better off. */
export function toneOf(change: number): 'better' | 'worse' | 'equal' {
  return change === 0 ? 'equal' : change < 0 ? 'better' : 'worse';
}
