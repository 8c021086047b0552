// Runs TypeScript from source: node --conditions=@portolan/source --import ./tools/register.mjs FILE.ts
import { register } from 'node:module';

register('./source-loader.mjs', import.meta.url);
