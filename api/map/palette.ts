/** Colours of the map's ground: the site's own, quiet enough that markers in teal and marigold stand out. */
export const PALETTE = {
  paper: '#fbf7ef',
  /** Where people live. */
  wash: '#f2e9d9',
  /** Where more of them live. */
  core: '#ebdfc8',
  /** The middle of a sector. */
  middle: '#dccbad',
  /** Dots, from few postcodes to many. */
  dots: ['#e2d5bc', '#d8c7a6', '#ccb78f', '#bea577', '#ae9262'],
  border: '#a99a80',
  /** 5.4 to 1 against the paper and 4.8 to 1 against the wash. */
  label: '#6b6459',
  /** 11.3 to 1 against the paper. */
  ink: '#12403f',
} as const;
