import { createTheme } from '@mantine/core';
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core';
import { t } from '../i18n/t.ts';

/** The one primary colour: selection, focus, the main action of a page. Index 6 is the brand colour. */
const iris: MantineColorsTuple = [
  '#f2f2fe',
  '#e2e2fb',
  '#c9c9f6',
  '#aeaef1',
  '#8f8fea',
  '#7272e0',
  '#5b5bd6',
  '#5050c6',
  '#4343ad',
  '#33338a',
];

/** A cool ramp, so that the canvas and the shell are one product in the dark: text, dim, lines, card (7), canvas (9). */
const dark: MantineColorsTuple = [
  '#eceef3',
  '#c9cfdb',
  '#a3acbe',
  '#8b95a9',
  '#3a4153',
  '#2c3140',
  '#20242f',
  '#1a1d26',
  '#14161d',
  '#101218',
];

export const theme = createTheme({
  primaryColor: 'iris',
  primaryShade: 6,
  colors: { iris, dark },
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, Consolas, monospace",
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '26px', lineHeight: '1.25' },
      h2: { fontSize: '20px', lineHeight: '1.3' },
      h3: { fontSize: '16px', lineHeight: '1.4' },
      h4: { fontSize: '14px', lineHeight: '1.4' },
    },
  },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '14px', xl: '20px' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  // Plain objects and not `Menu.extend(…)`: that would put every component named here into the first load.
  components: {
    Button: { defaultProps: { size: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Badge: { defaultProps: { variant: 'light', tt: 'none', fw: 600 } },
    Card: { defaultProps: { withBorder: true, radius: 'lg', padding: 'lg' } },
    InputWrapper: { styles: { label: { marginBottom: 4 } } },
    Menu: { defaultProps: { shadow: 'md', radius: 'md' } },
    Modal: {
      defaultProps: {
        radius: 'lg',
        centered: true,
        overlayProps: { backgroundOpacity: 0.4, blur: 2 },
        closeButtonProps: {
          // Said when it is drawn: this file is there before the words are.
          get 'aria-label'() {
            return t('Close');
          },
        },
      },
    },
  },
});

/** Corrections where Mantine's own tokens miss WCAG AA, and the lines and surfaces of the product. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-text': '#1b2130',
    '--mantine-color-dimmed': '#5d6778',
    '--mantine-color-placeholder': '#69748a',
    '--mantine-color-default-border': '#e4e7ec',
    '--mantine-color-anchor': '#5050c6',
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-iris-light-color': '#4343ad',
    '--mantine-color-teal-light-color': '#066649',
    '--mantine-color-green-light-color': '#1d6b2b',
    '--mantine-color-orange-light-color': '#a33d03',
    '--mantine-color-yellow-light-color': '#8a4b00',
    '--mantine-color-red-light-color': '#b32020',
    '--mantine-color-blue-light-color': '#165d9e',
    '--mantine-color-gray-light-color': '#414b5c',
  },
  dark: {
    '--mantine-color-text': '#eceef3',
    '--mantine-color-dimmed': '#a3acbe',
    '--mantine-color-placeholder': '#8b95a9',
    '--mantine-color-default-border': '#2c3140',
    '--mantine-color-anchor': '#b0b0f6',
    '--mantine-color-error': '#ff8f8f',
    '--mantine-color-iris-light': 'rgba(114, 114, 224, 0.2)',
    '--mantine-color-iris-light-hover': 'rgba(114, 114, 224, 0.28)',
    '--mantine-color-iris-light-color': '#c3c3f9',
    '--mantine-color-iris-outline': '#aeaef1',
    '--mantine-color-gray-light': '#2c3140',
    '--mantine-color-gray-light-color': '#c9cfdb',
    '--mantine-color-teal-light': 'rgba(44, 194, 149, 0.16)',
    '--mantine-color-teal-light-color': '#5fdcb6',
    '--mantine-color-orange-light': 'rgba(255, 169, 77, 0.16)',
    '--mantine-color-orange-light-color': '#ffbd7a',
    '--mantine-color-red-light': 'rgba(255, 115, 115, 0.16)',
    '--mantine-color-red-light-color': '#ff9c9c',
    '--mantine-color-blue-light': 'rgba(77, 171, 247, 0.16)',
    '--mantine-color-blue-light-color': '#8cc8fa',
  },
});
