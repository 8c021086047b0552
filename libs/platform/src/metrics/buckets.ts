/** Upper bounds of histograms, in seconds: of answers, and of work that may take minutes. */
export const SHORT = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
export const LONG = [...SHORT, 30, 60, 120, 300];
