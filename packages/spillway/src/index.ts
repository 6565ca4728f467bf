/**
 * Spillway: the high-traffic web platform for TypeScript.
 *
 * @module
 */
export { type App, type AppDefinition, defineApp, type Progress, type SeedRun } from './app.ts'
