import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { currentLanguage } from '../app/languages.ts'
import { fenOf, figure, scaleOf } from './money.ts'
import './amount.css'

interface AmountProps {
  /** A decimal string of yuan. */
  readonly yuan: string
  /** To the fen, in yuan: for columns and arithmetic. Otherwise 万元 or 亿元 where large, exact on hover. */
  readonly exact?: boolean
  /** Where the figure is explained. */
  readonly explained?: string | undefined
  readonly size?: 'large'
}

export function Amount({ yuan, exact = false, explained, size }: AmountProps) {
  const { t } = useTranslation()
  const fen = fenOf(yuan)
  const scale = exact ? 'yuan' : scaleOf(fen, currentLanguage())
  const whole = `${figure(fen, 'yuan')} ${t('unit.yuan')}`
  const content = (
    <>
      <span className="amount-figure">{figure(fen, scale)}</span>
      <span className="amount-unit">{t(`unit.${scale}`)}</span>
    </>
  )
  const className = size === 'large' ? 'amount amount-large' : 'amount'
  if (explained) {
    return (
      <Link to={explained} className={className} title={whole}>
        {content}
      </Link>
    )
  }
  return (
    <span className={className} title={scale === 'yuan' ? undefined : whole}>
      {content}
    </span>
  )
}
