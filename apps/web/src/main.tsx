import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { startLanguages } from './app/languages.ts'
import './ui/base.css'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with the id "root"')

await startLanguages()
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
