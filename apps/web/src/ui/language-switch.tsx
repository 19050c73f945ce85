import { useTranslation } from 'react-i18next'
import { chooseLanguage, currentLanguage } from '../app/languages.ts'

/** Offers the other language, by its own name; the choice is remembered. */
export function LanguageSwitch() {
  const { t } = useTranslation()
  const other = currentLanguage() === 'zh' ? 'en' : 'zh'
  return (
    <button
      type="button"
      className="link-button"
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      onClick={() => void chooseLanguage(other)}
    >
      {t('language.other')}
    </button>
  )
}
