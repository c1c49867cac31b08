import { tokens } from '@fluentui/react-components'

/**
 * How Teams draws Adaptive Cards, in the tokens of whichever of its themes is around the card, so that a card
 * that is drawn already changes with the theme. What a container's style colours is the ground behind it.
 */
const foregroundColors = {
  default: both(tokens.colorNeutralForeground1, tokens.colorNeutralForeground3),
  dark: both(tokens.colorNeutralForeground1, tokens.colorNeutralForeground3),
  light: both(tokens.colorNeutralForeground3, tokens.colorNeutralForeground4),
  accent: both(tokens.colorBrandForeground1, tokens.colorBrandForeground2),
  good: both(tokens.colorStatusSuccessForeground1, tokens.colorStatusSuccessForeground1),
  warning: both(tokens.colorStatusWarningForeground3, tokens.colorStatusWarningForeground3),
  attention: both(tokens.colorStatusDangerForeground1, tokens.colorStatusDangerForeground1),
}

export const HOST_CONFIG = {
  fontFamily: tokens.fontFamilyBase,
  fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 400, default: 400, bolder: 600 },
  lineHeights: { small: 16, default: 20, medium: 20, large: 24, extraLarge: 32 },
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: tokens.colorNeutralStroke2 },
  imageSizes: { small: 32, medium: 52, large: 100 },
  containerStyles: {
    default: on(tokens.colorNeutralBackground1),
    emphasis: on(tokens.colorNeutralBackground3),
    accent: on(tokens.colorBrandBackground2),
    good: on(tokens.colorStatusSuccessBackground1),
    warning: on(tokens.colorStatusWarningBackground1),
    attention: on(tokens.colorStatusDangerBackground1),
  },
  factSet: {
    title: { weight: 'Bolder', wrap: true, maxWidth: 150 },
    value: { weight: 'Default', wrap: true },
    spacing: 16,
  },
  actions: {
    maxActions: 6,
    spacing: 'Default',
    buttonSpacing: 8,
    actionsOrientation: 'Horizontal',
    actionAlignment: 'Left',
    showCard: { actionMode: 'Inline', inlineTopMargin: 12, style: 'emphasis' },
  },
}

function both(plain: string, subtle: string) {
  return { default: plain, subtle }
}

function on(backgroundColor: string) {
  return { backgroundColor, foregroundColors }
}
