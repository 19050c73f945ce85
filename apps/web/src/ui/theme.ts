import type { ThemeConfig } from 'antd'

/** The tokens of ui/base.css for the component library. Greys are dark enough to be read (WCAG 2.2 AA). */
const still = matchMedia('(prefers-reduced-motion: reduce)').matches

export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#0f6e84',
    colorInfo: '#0f6e84',
    colorLink: '#0f6e84',
    colorLinkHover: '#0a5566',
    colorError: '#c0392b',
    colorWarning: '#b7862c',
    colorSuccess: '#2f7346',
    colorTextBase: '#14213d',
    colorText: '#14213d',
    colorTextSecondary: '#4a556c',
    colorTextTertiary: '#626c80',
    colorTextDescription: '#626c80',
    colorTextPlaceholder: '#666f82',
    colorBgLayout: '#f6f7f5',
    colorBorder: '#c9cecb',
    colorBorderSecondary: '#dfe2df',
    borderRadius: 6,
    fontFamily: 'var(--text)',
    fontSize: 15,
    controlHeight: 38,
    motion: !still,
  },
}
