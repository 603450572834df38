//! What the store does in one step, in its own language.

/// Stores a newer version of a session, unless the session has ended or a version as new is there.
///
/// Keys: end of the session, ends of the member's sessions, newest version. Arguments: when the session was opened, its
/// generation, the version with its envelope, milliseconds to keep it. Answers `stored`, `ended` with the reason or
/// nothing, or `behind` with what is there.
pub(super) const PUBLISH: &str = r"
local ended = redis.call('GET', KEYS[1])
if ended then return {'ended', ended} end
local all = tonumber(redis.call('GET', KEYS[2]))
if all and tonumber(ARGV[1]) <= all then return {'ended', ''} end
local known = redis.call('GET', KEYS[3])
if known and known ~= ARGV[3] and tonumber(string.match(known, '^%d+')) >= tonumber(ARGV[2]) then
  return {'behind', known}
end
redis.call('SET', KEYS[3], ARGV[3], 'PX', ARGV[4])
return {'stored', ''}
";

/// Notes until when the member's sessions have ended; never an earlier moment than before.
///
/// Key: ends of the member's sessions. Arguments: the moment, milliseconds to keep it.
pub(super) const END_ALL: &str = r"
local known = tonumber(redis.call('GET', KEYS[1]))
local at = ARGV[1]
if known and known > tonumber(at) then at = string.format('%.0f', known) end
redis.call('SET', KEYS[1], at, 'PX', ARGV[2])
return at
";

/// Prolongs a lease for its owner. Key: the lease. Arguments: the owner, milliseconds.
pub(super) const RENEW: &str = r"
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 0
";

/// Gives a lease back for its owner. Key: the lease. Argument: the owner.
pub(super) const RELEASE: &str = r"
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
";
