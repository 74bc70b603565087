/**
 * What the page runs: a click on a column's title sorts by it, another turns it round. Without a script the tables are
 * there all the same, in the order they were written in.
 */
export const SORT = `for (const table of document.querySelectorAll('.table table')) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  const collator = new Intl.Collator(undefined, { numeric: true });
  const valueOf = (row, index) => {
    const cell = row.cells[index];
    return cell.dataset.value === undefined ? cell.textContent : cell.dataset.value === '' ? null : Number(cell.dataset.value);
  };
  const compare = (a, b) =>
    a === b ? 0 : a === null ? 1 : b === null ? -1 : typeof a === 'string' ? collator.compare(a, b) : b - a;
  heads.forEach((head, index) => {
    const button = document.createElement('button');
    button.ariaLabel = 'Sort by ' + head.textContent;
    head.append(button);
    button.addEventListener('click', () => {
      const isFirst = head.ariaSort === null;
      const isText = rows.some(row => row.cells[index].dataset.value === undefined);
      for (const other of heads) if (other !== head) other.ariaSort = null;
      const turned = !isFirst && head.ariaSort === (isText ? 'ascending' : 'descending');
      head.ariaSort = isText === turned ? 'descending' : 'ascending';
      const sorted = [...rows].sort((a, b) => compare(valueOf(a, index), valueOf(b, index)));
      body.append(...(turned ? sorted.reverse() : sorted));
    });
  });
}`;
