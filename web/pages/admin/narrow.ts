/** Where the columns no longer fit beside each other: a phone, or a window that has half of a screen. */
export const narrow = '@media (max-width: 959px)'
