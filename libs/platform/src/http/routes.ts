import type { FastifyInstance } from 'fastify';

/** The routes a service has, so that a known path with another method can be told from an unknown one. */
export interface Routes {
  /** Methods of the path, sorted, HEAD left out. */
  methodsAt(path: string): readonly string[];
}

/** Remembers the routes added from now on. */
export function rememberRoutes(fastify: FastifyInstance): Routes {
  const known: { readonly segments: readonly string[]; readonly method: string }[] = [];
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) if (each !== 'HEAD') known.push({ segments: url.split('/'), method: each });
  });
  const methodsAt = (path: string) => {
    const parts = path.split('/');
    const methods = known.filter(({ segments }) => matches(segments, parts)).map(({ method }) => method);
    return [...new Set(methods)].sort();
  };
  return { methodsAt };
}

const matches = (segments: readonly string[], parts: readonly string[]): boolean =>
  segments.length === parts.length && segments.every((segment, at) => segment === parts[at] || segment.startsWith(':'));
