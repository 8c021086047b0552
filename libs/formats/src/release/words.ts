import type { Fields } from '../json/fields.js';
import type { Light } from './light.js';

type Meaning = readonly [kind: string, status: Light['status']];

/** `ActionType` of Certified Pick-up's release rights. Whoever has the right may pass it on: that changes no light. */
const commercial: Readonly<Record<string, Meaning>> = {
  Release: ['commercial', 'released'],
  Unblock: ['commercial', 'released'],
  Block: ['commercial', 'held'],
  Delete: ['commercial', 'held'],
  Transfer: ['commercial', 'other'],
  Accept: ['commercial', 'other'],
  Decline: ['commercial', 'other'],
  Revoke: ['commercial', 'other'],
  Update: ['commercial', 'other'],
};

/** `TerminalReleaseActionType`. */
const terminal: Readonly<Record<string, Meaning>> = {
  Release: ['terminal', 'released'],
  Block: ['terminal', 'held'],
  Scanning: ['terminal', 'held'],
};

const ofRights = [
  'releaseIdentification',
  'billOfLadingNumbers',
  'releaseFrom',
  'releaseTo',
  'carrier',
  'expirationDateTimeUtc',
  'validFrom',
  'reasonForAction',
];

/** A release right (`ReleaseRightAction`) or the terminal's own release (`TerminalRelease`), told apart by their fields. */
export const actionsOf = (root: Fields): Readonly<Record<string, Meaning>> =>
  ofRights.some((name) => root.has(name)) ? commercial : terminal;

const silent =
  'Unknown Update Revoke Transferred DeclinedByNextParty AcceptedByNextParty RevokedByPreviousParty NotValidated ' +
  'ThrownException GetPagedContainers PickedUpByParty GetAllReleaseLights GetCombinedGreenLight ExpiredReleaseRights ' +
  'InactiveReleaseRights GateOut DigitalKeyCreated DigitalKeyRevoked GetReleaseDetail ReleaseLightChanged ' +
  'ReleaseLightRegistered AlfapassPickUpValidation';

/** `NotificationEvent` of Certified Pick-up. */
export const eventsOf: Readonly<Record<string, Meaning>> = {
  Release: ['commercial', 'released'],
  Unblock: ['commercial', 'released'],
  Block: ['commercial', 'held'],
  Delete: ['commercial', 'held'],
  TerminalRelease: ['terminal', 'released'],
  TerminalBlocked: ['terminal', 'held'],
  TerminalScan: ['terminal', 'held'],
  ...Object.fromEntries(silent.split(' ').map((event) => [event, ['commercial', 'other'] as const])),
};
