/** The moment at which every test stands: Saturday 21 November 2026, nine in the morning in London. */
export const NOW = '2026-11-21T09:00:00Z';
