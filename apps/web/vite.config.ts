import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const SERVER = process.env.MILLRACE_URL ?? 'http://localhost:8080'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    manifest: true,
    target: 'es2023',
    // Charts and sheets are opened on demand; what a first visit loads is measured by scripts/first-load.ts.
    chunkSizeWarningLimit: 1_200,
  },
  // The Host header stays as it is, so that the server sees page and API on one origin.
  server: { proxy: { '/api': { target: SERVER, changeOrigin: false } } },
})
