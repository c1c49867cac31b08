import type { Theme } from '@fluentui/react-components'
import type { HostConfig } from 'adaptivecards'

/**
 * How Teams draws Adaptive Cards in a theme, in Fluent's own colours and sizes: what a container's style colours is
 * the ground behind it, and its text keeps the colours of all text.
 */
export function hostConfigOf(theme: Theme): Partial<HostConfig> | object {
  const foregroundColors = {
    default: { default: theme.colorNeutralForeground1, subtle: theme.colorNeutralForeground3 },
    accent: { default: theme.colorBrandForeground1, subtle: theme.colorBrandForeground2 },
  }
  const on = (backgroundColor: string) => ({ backgroundColor, foregroundColors })
  return {
    fontFamily: theme.fontFamilyBase,
    fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 400, default: 400, bolder: 600 },
    lineHeights: { small: 16, default: 20, medium: 20, large: 24, extraLarge: 32 },
    spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: theme.colorNeutralStroke2 },
    imageSizes: { small: 32, medium: 52, large: 100 },
    containerStyles: {
      default: on(theme.colorNeutralBackground1),
      emphasis: on(theme.colorNeutralBackground3),
      good: on(theme.colorStatusSuccessBackground1),
      warning: on(theme.colorStatusWarningBackground1),
      attention: on(theme.colorStatusDangerBackground1),
    },
    factSet: {
      title: { weight: 'Bolder', wrap: true, maxWidth: 150 },
      value: { weight: 'Default', wrap: true },
      spacing: 12,
    },
    actions: {
      maxActions: 6,
      spacing: 'Default',
      buttonSpacing: 8,
      actionsOrientation: 'Horizontal',
      actionAlignment: 'Left',
    },
  }
}
