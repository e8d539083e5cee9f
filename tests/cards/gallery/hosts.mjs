// How Teams draws cards, as host configs of the open renderer: its sizes, air and colours.
// Teams' own configs are not published; contrast was chosen to pass WCAG AA as Teams itself does.

const colours = {
  light: {
    back: "#ffffff", tint: "#f0f0f0",
    text: "#242424", soft: "#616161", accent: "#4f52b2",
    good: "#237b4b", warning: "#835c00", attention: "#b4283f",
    goodTint: "#e7f2da", warningTint: "#fbf6d9", attentionTint: "#fcf4f6", accentTint: "#e8ebfa",
  },
  dark: {
    back: "#292929", tint: "#3d3d3d",
    text: "#ffffff", soft: "#d6d6d6", accent: "#aab1fa",
    good: "#92c353", warning: "#f8d22a", attention: "#ff99a4",
    goodTint: "#0d2e0d", warningTint: "#463100", attentionTint: "#3e1f25", accentTint: "#2f2f4a",
  },
};

const pair = (text, soft = text) => ({ default: text, subtle: soft });

function foreground(c) {
  return {
    default: pair(c.text, c.soft), dark: pair("#242424", "#616161"),
    light: pair("#ffffff", "#d6d6d6"), accent: pair(c.accent), good: pair(c.good),
    warning: pair(c.warning), attention: pair(c.attention),
  };
}

function style(c, back) {
  return { backgroundColor: back, foregroundColors: foreground(c) };
}

export function hostConfig(theme) {
  const c = colours[theme];
  return {
    fontFamily: '"Segoe UI", "Open Sans", "Noto Sans", "Liberation Sans", sans-serif',
    fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
    lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
    spacing: { small: 4, default: 8, medium: 12, large: 20, extraLarge: 28, padding: 16 },
    separator: { lineThickness: 1, lineColor: theme === "light" ? "#e1e1e1" : "#525252" },
    supportsInteractivity: true,
    containerStyles: {
      default: style(c, c.back), emphasis: style(c, c.tint), good: style(c, c.goodTint),
      warning: style(c, c.warningTint), attention: style(c, c.attentionTint),
      accent: style(c, c.accentTint),
    },
    inputs: {
      label: {
        inputSpacing: "small",
        requiredInputs: { weight: "bolder", suffix: " *", suffixColor: "attention" },
        optionalInputs: { weight: "bolder" },
      },
      errorMessage: { color: "attention", weight: "default" },
    },
    actions: {
      maxActions: 6, spacing: "large", buttonSpacing: 8, actionsOrientation: "horizontal",
      actionAlignment: "left", preExpandSingleShowCardAction: false,
    },
    adaptiveCard: { allowCustomStyle: false },
    textStyles: { heading: { size: "large", weight: "bolder" } },
  };
}
