/** The store's stylesheet and icon, served under names that change with their content. @module */
import { assets } from 'spillway/http'

export const shopAssets = assets(new URL('../assets/', import.meta.url), { prefix: '/assets' })
