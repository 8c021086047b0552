/** Labels of planning cells: senders name cells, and every name is a series of its own for as long as the process runs. */
export class CellLabels {
  private readonly known = new Set<string>();

  constructor(private readonly most = 100) {}

  /** The cell's name for the first so many cells of this process, `other` for all that come later. */
  of(cell: string): string {
    if (this.known.has(cell)) return cell;
    if (this.known.size >= this.most) return OTHER;
    this.known.add(cell);
    return cell;
  }
}

/** Label of all cells that have none of their own. */
export const OTHER = 'other';
