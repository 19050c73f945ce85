export {
  type Auth,
  createAuth,
  createUser,
  currentCode,
  findSignedIn,
  type NewUser,
  type SignedIn,
} from './auth.ts'
