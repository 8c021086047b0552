import { fastify } from 'fastify';
import { Redis } from 'ioredis';

// What the api is measured against: a server of Fastify that gives out prepared answers from Redis, as the documentation of both has it.
// Arguments: port, port of Redis.
const [port, redisPort] = process.argv.slice(2).map(Number) as [number, number];
const redis = new Redis({ port: redisPort, host: '127.0.0.1' });
const app = fastify();
app.get('/:name', async (request, reply) => {
  const { name } = request.params as { name: string };
  return reply.type('application/json; charset=utf-8').send(await redis.get(`bare:${name}`));
});
await app.listen({ port, host: '127.0.0.1' });
