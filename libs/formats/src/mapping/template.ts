const HOLE = /\{([^{}]+)\}/g;

/** The columns that a template names. */
export const columnsInTemplate = (template: string): string[] =>
  [...template.matchAll(HOLE)].map((match) => match[1]!.trim());

/** The template with the texts of its columns; nothing where all of them are empty. */
export function filled(template: string, textOf: (column: string) => string): string {
  let any = false;
  const text = template.replaceAll(HOLE, (_, column: string) => {
    const cell = textOf(column.trim());
    any ||= cell !== '';
    return cell;
  });
  return any ? text : '';
}
