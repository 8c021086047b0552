export type { Change, DocumentKey, ListOptions, Page, Put, ReadModel, Stored } from './read-model.js';
