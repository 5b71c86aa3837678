import { test as setup } from 'playwright/test'
import { buildRenderer } from './server.ts'

setup('the window is built', buildRenderer)
