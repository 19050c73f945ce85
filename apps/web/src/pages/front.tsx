import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMe } from '../api/me.ts'
import { homeOf } from '../app/home.ts'
import { currentLanguage } from '../app/languages.ts'
import { paths } from '../app/paths.ts'
import { PublicFigures } from '../components/public/public-figures.tsx'
import { PublicFrame } from '../components/public-frame.tsx'
import './front.css'

const STEPS = ['report', 'decide', 'approve', 'pay'] as const
const PEOPLE = ['enterprise', 'bank', 'bureau', 'public'] as const

export function FrontPage() {
  const { t } = useTranslation('public')
  const { user, city, demonstration } = useMe()
  const cityName = currentLanguage() === 'zh' ? city.name_zh : city.name_en
  return (
    <PublicFrame title={t('front.title', { city: cityName })}>
      <section className="front-hero">
        <p className="front-kicker">{t('front.kicker', { city: cityName })}</p>
        <h1>{t('front.headline')}</h1>
        <p className="front-lead">{t('front.lead')}</p>
        <p className="front-actions">
          <Link to={user ? homeOf(user.role) : paths.signIn()} className="button button-primary">
            {user ? t('front.open-workplace') : t('front.sign-in')}
          </Link>
          <Link to={paths.developers()} className="button">
            {t('front.interface')}
          </Link>
        </p>
        {demonstration ? <p className="front-demonstration">{t('front.demonstration')}</p> : null}
      </section>
      <PublicFigures />
      <section aria-labelledby="front-steps">
        <h2 id="front-steps">{t('front.steps-title')}</h2>
        <ol className="front-steps">
          {STEPS.map(step => (
            <li key={step} className="card">
              <h3>{t(`front.steps.${step}.title`)}</h3>
              <p>{t(`front.steps.${step}.text`)}</p>
            </li>
          ))}
        </ol>
      </section>
      <section aria-labelledby="front-people">
        <h2 id="front-people">{t('front.people-title')}</h2>
        <dl className="front-people">
          {PEOPLE.map(person => (
            <div key={person}>
              <dt>{t(`front.people.${person}.title`)}</dt>
              <dd>{t(`front.people.${person}.text`)}</dd>
            </div>
          ))}
        </dl>
      </section>
    </PublicFrame>
  )
}
