/**
 * `@millrace/dmn/javascript`: decisions as one plain function without trace, for many answers a second.
 *
 * @module
 */
export type {
  JavaScriptItem,
  JavaScriptOptions,
  JavaScriptProgram,
  JavaScriptSubject,
} from './to-javascript.ts'
export { toJavaScript } from './to-javascript.ts'
