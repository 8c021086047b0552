/**
 * The same text, in one piece. A text that was put together refers to its parts, and those to the texts they were cut out of: kept for long, it would
 * keep alive all of these. The engine joins the parts when a character is asked for.
 */
export const inOnePiece = (text: string): string => (Number.isNaN(text.charCodeAt(0)) ? '' : text);
