// src/core/error.ts
var FAULTS = {
  "bad-usage": { retryable: false, exitCode: 2 },
  "bad-input": { retryable: false, exitCode: 2 },
  "disk-full": { retryable: true, exitCode: 1 },
  "disk-read-only": { retryable: false, exitCode: 1 },
  "disk-fault": { retryable: false, exitCode: 1 },
  "state-in-use": { retryable: true, exitCode: 1 },
  "port-in-use": { retryable: true, exitCode: 1 },
  "link-down": { retryable: true, exitCode: 1 },
  "link-slow": { retryable: true, exitCode: 1 },
  "link-refused": { retryable: true, exitCode: 1 },
  "link-nonsense": { retryable: true, exitCode: 1 },
  "batch-too-large": { retryable: true, exitCode: 1 },
  "batch-refused": { retryable: true, exitCode: 1 },
  "reader-missing": { retryable: true, exitCode: 1 },
  "reader-fault": { retryable: true, exitCode: 1 },
  /** No fault of the world: a broken invariant, a slip of ours. */
  defect: { retryable: false, exitCode: 1 }
};
var TuraError = class extends Error {
  name = "TuraError";
  code;
  where;
  expected;
  problems;
  constructor(code, message, detail = {}) {
    super(message, detail.cause === void 0 ? void 0 : { cause: detail.cause });
    this.code = code;
    this.where = detail.where;
    this.expected = detail.expected;
    this.problems = detail.problems ?? [];
  }
  get retryable() {
    return FAULTS[this.code].retryable;
  }
  get exitCode() {
    return FAULTS[this.code].exitCode;
  }
};
function assert(condition, invariant) {
  if (!condition) throw new Error(`broken invariant: ${invariant}`);
}

// src/disk/sqlite.ts
import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
var BUSY_MS = 2e3;
var READ_CACHE_KB = 16384;
function openDatabase(file, options) {
  let database;
  refuseMemory(file, options.what);
  try {
    if (options.mode === "write") mkdirSync(dirname(file), { recursive: true });
    refuseNoFile(file, options);
    const readonly = options.mode === "read";
    database = new Database(file, {
      readonly,
      fileMustExist: readonly,
      timeout: options.exclusive ? 0 : BUSY_MS
    });
    if (!readonly) makeDurable(database, options.exclusive === true);
    else makeQuick(database);
    adopt(database, file, options);
    return database;
  } catch (error) {
    database?.close();
    throw diskFault(error, file, options.what);
  }
}
function refuseNoFile(file, { what, mode }) {
  const stat = statSync(file, { throwIfNoEntry: false });
  const missing = stat === void 0 && mode === "read";
  if (!missing && !stat?.isDirectory()) return;
  const found = missing ? "no such file" : "a folder stands where a file belongs";
  throw new TuraError("bad-input", `${what} ${file}: ${found}`, { where: file });
}
function refuseMemory(file, what) {
  if (file.trim() !== "" && !/^(:memory:|file:)/i.test(file)) return;
  throw new TuraError("bad-usage", `${what}: '${file}' is no file`, { expected: "the name of a file" });
}
function makeDurable(database, exclusive) {
  if (exclusive) database.pragma("locking_mode = EXCLUSIVE");
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = FULL");
  assert(
    database.pragma("synchronous", { simple: true }) === 2,
    "a durable file is open with synchronous=FULL"
  );
}
function makeQuick(database) {
  database.pragma("query_only = ON");
  database.pragma(`cache_size = -${READ_CACHE_KB}`);
}
function adopt(database, file, { what, mode, schema, version }) {
  const found = database.pragma("user_version", { simple: true });
  if (found === version || version === void 0) return;
  const empty = database.prepare("SELECT count(*) FROM sqlite_schema").pluck().get() === 0;
  if (mode === "read" || !empty || schema === void 0) {
    throw new TuraError("bad-input", `${file} is no ${what} of this version`, {
      where: file,
      expected: `version ${version}, found ${String(found)}`
    });
  }
  database.transaction(() => {
    database.exec(schema);
    database.pragma(`user_version = ${version}`);
  })();
}
var FAULTS2 = {
  SQLITE_FULL: { code: "disk-full", what: "the disk is full" },
  ENOSPC: { code: "disk-full", what: "the disk is full" },
  SQLITE_READONLY: { code: "disk-read-only", what: "the file or its folder is read-only" },
  SQLITE_CANTOPEN: { code: "disk-read-only", what: "the file cannot be opened" },
  EACCES: { code: "disk-read-only", what: "no right to write here" },
  EPERM: { code: "disk-read-only", what: "no right to write here" },
  EROFS: { code: "disk-read-only", what: "the file system is read-only" },
  SQLITE_BUSY: { code: "state-in-use", what: "another process has it open" },
  SQLITE_LOCKED: { code: "state-in-use", what: "another process has it open" },
  SQLITE_NOTADB: { code: "bad-input", what: "this is no SQLite file" },
  SQLITE_CORRUPT: { code: "disk-fault", what: "the file is damaged" },
  SQLITE_IOERR_LOCK: { code: "disk-read-only", what: "the file cannot be locked for writing" },
  SQLITE_IOERR: { code: "disk-fault", what: "the disk answered with an error" },
  ENOENT: { code: "bad-input", what: "no such file" },
  ENOTDIR: { code: "bad-input", what: "a file stands where a folder belongs" },
  EISDIR: { code: "bad-input", what: "a folder stands where a file belongs" },
  ENAMETOOLONG: { code: "bad-input", what: "the name is too long" },
  EEXIST: { code: "bad-input", what: "a file stands where a folder belongs" }
};
function diskFault(error, file, what) {
  if (error instanceof TuraError || !(error instanceof Error) || !("code" in error)) return error;
  const code = String(error.code);
  const fault = FAULTS2[code] ?? FAULTS2[code.split("_").slice(0, 2).join("_")];
  if (fault === void 0) return error;
  return new TuraError(fault.code, `${what} ${file}: ${fault.what}`, { where: file, cause: error });
}

// src/onboard/stops/nearest.ts
import { around, distance } from "geokdbush";
import KDBush from "kdbush";
function indexPlaces({ ids, lats, lons }) {
  if (ids.length === 0) return () => [];
  const index = new KDBush(ids.length);
  for (const [place, lat] of lats.entries()) index.add(lons[place] ?? 0, lat);
  index.finish();
  return (lat, lon, limit) => {
    const found = limit < 1 ? [] : around(index, lon, lat, limit);
    return found.map((place) => ({
      id: ids[place] ?? 0,
      metres: distance(lon, lat, lons[place] ?? 0, lats[place] ?? 0) * 1e3
    }));
  };
}

// src/onboard/stops/place-queries.ts
var KINDS = ["platform", "station", "entrance", "node", "boarding-area"];
var SELECT_STOP = `
  SELECT stops.*, coalesce(stops.stop_timezone, station.stop_timezone, (SELECT agency_timezone FROM agency)) AS timezone
  FROM stops LEFT JOIN stops AS station ON station.stop_id = stops.parent_station`;
function stopQueries(database) {
  const byId = database.prepare(`${SELECT_STOP} WHERE stops.stop_id = ?`);
  const byLine = database.prepare(`${SELECT_STOP} WHERE stops.line = ?`);
  const byNumber = database.prepare(
    `SELECT stop_id FROM stops
       WHERE coalesce(stop_code, stop_id) = ? AND coalesce(location_type, 0) = 0`
  ).pluck();
  let nearest;
  return {
    near: (lat, lon, limit) => {
      nearest ??= indexPlaces(platformsOf(database));
      return nearest(lat, lon, limit).flatMap(({ id, metres }) => {
        const row = byLine.get(id);
        return row === void 0 ? [] : [{ ...stopOf(row), metres }];
      });
    },
    stop: (stopId) => {
      const row = byId.get(stopId);
      return row === void 0 ? void 0 : stopOf(row);
    },
    stopsOfNumber: (number) => byNumber.all(number),
    stopIds: () => database.prepare("SELECT stop_id FROM stops").pluck().all()
  };
}
function stopOf(row) {
  return {
    stopId: row.stop_id,
    kind: KINDS[row.location_type ?? 0] ?? "platform",
    code: row.stop_code ?? void 0,
    name: row.stop_name ?? void 0,
    lat: row.stop_lat ?? void 0,
    lon: row.stop_lon ?? void 0,
    zoneId: row.zone_id ?? void 0,
    parentStation: row.parent_station ?? void 0,
    platformCode: row.platform_code ?? void 0,
    timezone: row.timezone
  };
}
function platformsOf(database) {
  const rows = database.prepare(
    `SELECT line, stop_lat, stop_lon FROM stops
       WHERE coalesce(location_type, 0) = 0 AND stop_lat IS NOT NULL AND stop_lon IS NOT NULL`
  ).all();
  return {
    ids: rows.map((row) => row.line),
    lats: Float64Array.from(rows, (row) => row.stop_lat),
    lons: Float64Array.from(rows, (row) => row.stop_lon)
  };
}
function routeQueries(database) {
  const byId = database.prepare("SELECT * FROM routes WHERE route_id = ?");
  const networks = database.prepare(
    `SELECT network_id FROM route_networks WHERE route_id = ?
       UNION SELECT network_id FROM routes WHERE route_id = ? AND network_id IS NOT NULL`
  ).pluck();
  return {
    route: (routeId) => {
      const row = byId.get(routeId);
      return row === void 0 ? void 0 : routeOf(row, networks.all(routeId, routeId));
    },
    routeIds: () => database.prepare("SELECT route_id FROM routes").pluck().all()
  };
}
function routeOf(row, networkIds) {
  return {
    routeId: row.route_id,
    agencyId: row.agency_id ?? void 0,
    line: row.route_short_name ?? row.route_long_name ?? row.route_id,
    longName: row.route_long_name ?? void 0,
    type: row.route_type,
    color: row.route_color ?? void 0,
    textColor: row.route_text_color ?? void 0,
    networkIds
  };
}

// src/core/time.ts
var DAY_MS = 864e5;
function epoch(ms) {
  assert(Number.isSafeInteger(ms), `a moment is whole milliseconds, not ${ms}`);
  return ms;
}
function offsetAt(zone2, at) {
  return zone2.offsetsMs[spanAt(zone2, at)] ?? 0;
}
function spanAt(zone2, at) {
  let low = 0;
  let high = zone2.untilMs.length;
  while (low < high) {
    const middle = low + high >>> 1;
    if (at < (zone2.untilMs[middle] ?? Number.POSITIVE_INFINITY)) high = middle;
    else low = middle + 1;
  }
  return low;
}
function serviceDateAt(zone2, dayStartS, at) {
  const span = spanAt(zone2, at);
  const wallMs = at + (zone2.offsetsMs[span] ?? 0);
  const since = zone2.untilMs[span - 1];
  const reachedMs = since === void 0 ? wallMs : since - 1 + (zone2.offsetsMs[span - 1] ?? 0);
  return dateOfDay(Math.floor((Math.max(wallMs, reachedMs) - dayStartS * 1e3) / DAY_MS));
}
function zeroOfDay(zone2, date2) {
  const noonLocal = dayOfDate(date2) * DAY_MS + DAY_MS / 2;
  const guess = epoch(noonLocal - offsetAt(zone2, epoch(noonLocal)));
  return epoch(noonLocal - offsetAt(zone2, guess) - DAY_MS / 2);
}
function secondsInto(zone2, date2, at) {
  return Math.floor((at - zeroOfDay(zone2, date2)) / 1e3);
}
function weekdayOf(date2) {
  return ((dayOfDate(date2) + 4) % 7 + 7) % 7;
}
function addDays(date2, days) {
  return dateOfDay(dayOfDate(date2) + days);
}
function dayOfDate(date2) {
  const month = Math.floor(date2 / 100) % 100;
  const year = Math.floor(date2 / 1e4) - (month <= 2 ? 1 : 0);
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + date2 % 100 - 1;
  return year * 365 + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + dayOfYear - 719468;
}
function dateOfDay(day) {
  const shifted = day + 719468;
  const era = Math.floor(shifted / 146097);
  const inEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36524) - Math.floor(inEra / 146096)) / 365
  );
  const dayOfYear = inEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return year * 1e4 + month * 100 + dayOfMonth;
}

// src/gtfs/column.ts
function required(name, type) {
  return { name, required: true, type };
}
function optional(name, type) {
  return { name, required: false, type };
}

// src/gtfs/fare-tables.ts
var FARE_MEDIA = {
  file: "fare_media.txt",
  required: false,
  key: ["fare_media_id"],
  columns: [
    required("fare_media_id", "id"),
    optional("fare_media_name", "text"),
    /** None, paper ticket, transit card, contactless bank card, mobile app. */
    required("fare_media_type", [0, 1, 2, 3, 4])
  ]
};
var FARE_PRODUCTS = {
  file: "fare_products.txt",
  required: false,
  key: ["fare_product_id", "rider_category_id", "fare_media_id"],
  columns: [
    required("fare_product_id", "id"),
    optional("fare_product_name", "text"),
    optional("rider_category_id", "id"),
    optional("fare_media_id", "id"),
    required("amount", "amount"),
    required("currency", "currency")
  ]
};
var RIDER_CATEGORIES = {
  file: "rider_categories.txt",
  required: false,
  key: ["rider_category_id"],
  columns: [
    required("rider_category_id", "id"),
    required("rider_category_name", "text"),
    optional("is_default_fare_category", [0, 1]),
    optional("eligibility_url", "text")
  ]
};
var NETWORKS = {
  file: "networks.txt",
  required: false,
  key: ["network_id"],
  columns: [required("network_id", "id"), optional("network_name", "text")]
};
var ROUTE_NETWORKS = {
  file: "route_networks.txt",
  required: false,
  key: ["route_id"],
  columns: [required("network_id", "id"), required("route_id", "id")]
};
var AREAS = {
  file: "areas.txt",
  required: false,
  key: ["area_id"],
  columns: [required("area_id", "id"), optional("area_name", "text")]
};
var STOP_AREAS = {
  file: "stop_areas.txt",
  required: false,
  key: ["area_id", "stop_id"],
  columns: [required("area_id", "id"), required("stop_id", "id")]
};
var TIMEFRAMES = {
  file: "timeframes.txt",
  required: false,
  columns: [
    required("timeframe_group_id", "id"),
    optional("start_time", "time"),
    optional("end_time", "time"),
    required("service_id", "id")
  ]
};
var FARE_LEG_RULES = {
  file: "fare_leg_rules.txt",
  required: false,
  columns: [
    optional("leg_group_id", "id"),
    optional("network_id", "id"),
    optional("from_area_id", "id"),
    optional("to_area_id", "id"),
    optional("from_timeframe_group_id", "id"),
    optional("to_timeframe_group_id", "id"),
    required("fare_product_id", "id"),
    optional("rule_priority", "count")
  ]
};
var FARE_LEG_JOIN_RULES = {
  file: "fare_leg_join_rules.txt",
  required: false,
  columns: [
    required("from_network_id", "id"),
    required("to_network_id", "id"),
    optional("from_stop_id", "id"),
    optional("to_stop_id", "id")
  ]
};
var FARE_TRANSFER_RULES = {
  file: "fare_transfer_rules.txt",
  required: false,
  columns: [
    optional("from_leg_group_id", "id"),
    optional("to_leg_group_id", "id"),
    /** -1 is without limit. */
    optional("transfer_count", "integer"),
    /** Seconds. */
    optional("duration_limit", "count"),
    optional("duration_limit_type", [0, 1, 2, 3]),
    /** A + AB, A + AB + B, AB. */
    required("fare_transfer_type", [0, 1, 2]),
    optional("fare_product_id", "id")
  ]
};
var FARE_ATTRIBUTES = {
  file: "fare_attributes.txt",
  required: false,
  key: ["fare_id"],
  columns: [
    required("fare_id", "id"),
    required("price", "amount"),
    required("currency_type", "currency"),
    /** On board, before boarding. */
    required("payment_method", [0, 1]),
    /** Empty is without limit. */
    optional("transfers", [0, 1, 2]),
    optional("agency_id", "id"),
    /** Seconds. */
    optional("transfer_duration", "count")
  ]
};
var FARE_RULES = {
  file: "fare_rules.txt",
  required: false,
  columns: [
    required("fare_id", "id"),
    optional("route_id", "id"),
    optional("origin_id", "id"),
    optional("destination_id", "id"),
    optional("contains_id", "id")
  ]
};
var FARE_TABLES = [
  FARE_MEDIA,
  FARE_PRODUCTS,
  RIDER_CATEGORIES,
  NETWORKS,
  ROUTE_NETWORKS,
  AREAS,
  STOP_AREAS,
  TIMEFRAMES,
  FARE_LEG_RULES,
  FARE_LEG_JOIN_RULES,
  FARE_TRANSFER_RULES,
  FARE_ATTRIBUTES,
  FARE_RULES
];

// src/gtfs/tables.ts
var AGENCY = {
  file: "agency.txt",
  required: true,
  key: ["agency_id"],
  columns: [
    optional("agency_id", "id"),
    required("agency_name", "text"),
    required("agency_timezone", "timezone")
  ],
  alsoKnown: [
    "agency_url",
    "agency_lang",
    "agency_phone",
    "agency_fare_url",
    "agency_email",
    "cemv_support"
  ]
  // biome-ignore format: names read best as one block
};
var STOPS = {
  file: "stops.txt",
  required: true,
  key: ["stop_id"],
  columns: [
    required("stop_id", "id"),
    optional("stop_code", "text"),
    optional("stop_name", "text"),
    optional("stop_lat", "latitude"),
    optional("stop_lon", "longitude"),
    optional("zone_id", "id"),
    /** Stop or platform, station, entrance, generic node, boarding area. */
    optional("location_type", [0, 1, 2, 3, 4]),
    optional("parent_station", "id"),
    optional("stop_timezone", "timezone"),
    optional("platform_code", "text")
  ],
  alsoKnown: [
    "stop_desc",
    "stop_url",
    "tts_stop_name",
    "wheelchair_boarding",
    "level_id",
    "stop_access"
  ]
  // biome-ignore format: names read best as one block
};
var ROUTES = {
  file: "routes.txt",
  required: true,
  key: ["route_id"],
  columns: [
    required("route_id", "id"),
    optional("agency_id", "id"),
    optional("route_short_name", "text"),
    optional("route_long_name", "text"),
    required("route_type", "count"),
    optional("route_color", "text"),
    optional("route_text_color", "text"),
    optional("network_id", "id")
  ],
  alsoKnown: [
    "route_desc",
    "route_url",
    "route_sort_order",
    "continuous_pickup",
    "continuous_drop_off",
    "cemv_support"
  ]
  // biome-ignore format: names read best as one block
};
var CALENDAR = {
  file: "calendar.txt",
  required: false,
  key: ["service_id"],
  columns: [
    required("service_id", "id"),
    required("monday", [0, 1]),
    required("tuesday", [0, 1]),
    required("wednesday", [0, 1]),
    required("thursday", [0, 1]),
    required("friday", [0, 1]),
    required("saturday", [0, 1]),
    required("sunday", [0, 1]),
    required("start_date", "date"),
    required("end_date", "date")
  ]
};
var CALENDAR_DATES = {
  file: "calendar_dates.txt",
  required: false,
  key: ["service_id", "date"],
  columns: [
    required("service_id", "id"),
    required("date", "date"),
    /** Added, removed. */
    required("exception_type", [1, 2])
  ]
};
var TRIPS = {
  file: "trips.txt",
  required: false,
  key: ["trip_id"],
  columns: [
    required("trip_id", "id"),
    required("route_id", "id"),
    required("service_id", "id"),
    optional("trip_headsign", "text"),
    optional("direction_id", [0, 1]),
    optional("block_id", "id"),
    optional("shape_id", "id")
  ],
  alsoKnown: ["trip_short_name", "wheelchair_accessible", "bikes_allowed", "cars_allowed"]
};
var STOP_TIMES = {
  file: "stop_times.txt",
  required: false,
  columns: [
    required("trip_id", "id"),
    required("stop_id", "id"),
    required("stop_sequence", "count"),
    optional("arrival_time", "time"),
    optional("departure_time", "time"),
    /** As scheduled, none, phone the agency, ask the driver. */
    optional("pickup_type", [0, 1, 2, 3]),
    optional("drop_off_type", [0, 1, 2, 3]),
    optional("shape_dist_traveled", "number"),
    /** Approximate, exact. */
    optional("timepoint", [0, 1])
  ],
  alsoKnown: [
    "stop_headsign",
    "continuous_pickup",
    "continuous_drop_off",
    "location_group_id",
    "location_id",
    "start_pickup_drop_off_window",
    "end_pickup_drop_off_window",
    "pickup_booking_rule_id",
    "drop_off_booking_rule_id"
  ]
  // biome-ignore format: names read best as one block
};
var SHAPES = {
  file: "shapes.txt",
  required: false,
  columns: [
    required("shape_id", "id"),
    required("shape_pt_lat", "latitude"),
    required("shape_pt_lon", "longitude"),
    required("shape_pt_sequence", "count"),
    optional("shape_dist_traveled", "number")
  ]
};
var FEED_INFO = {
  file: "feed_info.txt",
  required: false,
  columns: [
    required("feed_publisher_name", "text"),
    optional("feed_start_date", "date"),
    optional("feed_end_date", "date"),
    optional("feed_version", "text")
  ],
  alsoKnown: [
    "feed_publisher_url",
    "feed_lang",
    "default_lang",
    "feed_contact_email",
    "feed_contact_url"
  ]
  // biome-ignore format: names read best as one block
};

// src/onboard/stops/schema.ts
var WHAT = "stops database";
var APPLICATION_ID = 1414878036;
var VERSION = 1;
var ROW_TABLES = [
  AGENCY,
  FEED_INFO,
  STOPS,
  ROUTES,
  CALENDAR,
  CALENDAR_DATES,
  TRIPS,
  ...FARE_TABLES
];
function tableName(spec) {
  return spec.file.replace(/\.txt$/, "");
}

// src/onboard/stops/bytes.ts
var ByteReader = class {
  #bytes;
  #at = 0;
  constructor(bytes) {
    this.#bytes = bytes;
  }
  byte() {
    const value = this.#bytes[this.#at];
    assert(value !== void 0, "a packed row is not cut short");
    this.#at += 1;
    return value;
  }
  count() {
    let value = 0;
    let shift = 0;
    let byte = this.byte();
    while (byte > 127) {
      value |= (byte & 127) << shift;
      shift += 7;
      byte = this.byte();
    }
    return (value | byte << shift) >>> 0;
  }
  signed() {
    const value = this.count();
    return value >>> 1 ^ -(value & 1);
  }
  float32() {
    for (let index = 0; index < 4; index += 1) SCRATCH.setUint8(index, this.byte());
    return SCRATCH.getFloat32(0, true);
  }
};
var SCRATCH = new DataView(new ArrayBuffer(4));

// src/onboard/stops/shape.ts
var VERSION2 = 1;
var MILLIONTHS = 1e6;
function unpackShape(bytes) {
  const reader = new ByteReader(bytes);
  const version = reader.byte();
  assert(version === VERSION2, `shapes are packed in version ${VERSION2}, not ${version}`);
  const points = [];
  let [sequence, lat, lon] = [0, 0, 0];
  for (let left = reader.count(); left > 0; left -= 1) {
    sequence += reader.signed();
    lat += reader.signed();
    lon += reader.signed();
    const distance2 = reader.byte() === 1 ? reader.float32() : void 0;
    points.push({ sequence, lat: lat / MILLIONTHS, lon: lon / MILLIONTHS, distance: distance2 });
  }
  return points;
}

// src/onboard/stops/stop-times.ts
var VERSION3 = 1;
var [APPROXIMATE, TIMED, DWELL, DISTANCE] = [16, 32, 64, 128];
function unpackStopTimes(bytes) {
  const reader = new ByteReader(bytes);
  const version = reader.byte();
  assert(version === VERSION3, `stop times are packed in version ${VERSION3}, not ${version}`);
  const times2 = [];
  let stopSequence = -1;
  let clock = 0;
  for (let left = reader.count(); left > 0; left -= 1) {
    const flags = reader.byte();
    const stop = reader.count();
    stopSequence += reader.count() + 1;
    const arrivalS = flags & TIMED ? clock + reader.signed() : void 0;
    const departureS = arrivalS === void 0 || !(flags & DWELL) ? arrivalS : arrivalS + reader.signed();
    clock = departureS ?? clock;
    times2.push({
      stop,
      stopSequence,
      arrivalS,
      departureS,
      pickupType: BOARDING_TYPES[flags & 3] ?? 0,
      dropOffType: BOARDING_TYPES[flags >> 2 & 3] ?? 0,
      approximate: (flags & APPROXIMATE) !== 0,
      distance: flags & DISTANCE ? reader.float32() : void 0
    });
  }
  return times2;
}
var BOARDING_TYPES = [0, 1, 2, 3];

// src/onboard/stops/trip-queries.ts
var SELECT_TRIP = "SELECT trips.*, first_s, last_s FROM trips LEFT JOIN stop_times ON trip = trips.line";
var WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
var RUNS_ON = WEEKDAYS.map(
  (weekday) => `service_id IN (
    SELECT service_id FROM calendar WHERE ${weekday} = 1 AND start_date <= @date AND end_date >= @date
    EXCEPT SELECT service_id FROM calendar_dates WHERE date = @date AND exception_type = 2
    UNION SELECT service_id FROM calendar_dates WHERE date = @date AND exception_type = 1)`
);
var DAY_S = 86400;
function tripQueries(database) {
  const byId = database.prepare(`${SELECT_TRIP} WHERE trip_id = ?`);
  const timesOf3 = stopTimesQuery(database);
  const shape = database.prepare("SELECT packed FROM shapes WHERE shape_id = ?").pluck();
  const onDay = RUNS_ON.map(
    (runs2) => database.prepare(
      `${SELECT_TRIP} WHERE route_id = @route AND ${runs2} ORDER BY first_s, trips.line`
    )
  );
  const ofBlock = RUNS_ON.map(
    (runs2) => database.prepare(
      `${SELECT_TRIP} WHERE block_id = @block AND ${runs2} ORDER BY first_s, trips.line`
    )
  );
  const lastS = database.prepare("SELECT coalesce(last_s, 0) FROM feed").pluck().get() ?? 0;
  const tripsOn = (route, serviceDate) => {
    const rows = onDay[weekdayOf(serviceDate)]?.all({ route, date: serviceDate }) ?? [];
    return rows.map((row) => ({ ...headOf(row), serviceDate }));
  };
  return {
    tripsOn,
    tripsAt: (routeId, zone2, at, margin = NO_MARGIN) => {
      const today = serviceDateAt(zone2, 0, at);
      return daysAround(today, lastS).flatMap((date2) => {
        const seconds = secondsInto(zone2, date2, at);
        return tripsOn(routeId, date2).filter((trip) => isUnderWay(trip, seconds, margin));
      });
    },
    tripsOfBlock: (block, serviceDate) => {
      const rows = ofBlock[weekdayOf(serviceDate)]?.all({ block, date: serviceDate }) ?? [];
      return rows.map((row) => ({ ...headOf(row), serviceDate }));
    },
    trip: (tripId) => {
      const row = byId.get(tripId);
      return row === void 0 ? void 0 : { ...headOf(row), stopTimes: timesOf3(row.line) };
    },
    shape: (shapeId) => {
      const packed = shape.get(shapeId);
      return packed === void 0 ? void 0 : unpackShape(packed);
    }
  };
}
function daysAround(today, lastS) {
  const back = Math.floor(lastS / DAY_S) + 1;
  return Array.from({ length: back + 2 }, (_, index) => addDays(today, index - back));
}
var NO_MARGIN = { earlyS: 0, lateS: 0 };
function isUnderWay({ firstS, lastS }, seconds, { earlyS, lateS }) {
  if (firstS === void 0 || lastS === void 0) return false;
  return firstS - earlyS <= seconds && seconds <= lastS + lateS;
}
function stopTimesQuery(database) {
  const packed = database.prepare("SELECT packed FROM stop_times WHERE trip = ?").pluck();
  const stopId = database.prepare("SELECT stop_id FROM stops WHERE line = ?").pluck();
  return (tripLine) => {
    const bytes = packed.get(tripLine);
    if (bytes === void 0) return [];
    return unpackStopTimes(bytes).map(({ stop, ...time }) => {
      const id = stopId.get(stop);
      assert(id !== void 0, "a stop time names a row of stops");
      return { stopId: id, ...time };
    });
  };
}
function headOf(row) {
  return {
    tripId: row.trip_id,
    routeId: row.route_id,
    serviceId: row.service_id,
    headsign: row.trip_headsign ?? void 0,
    directionId: row.direction_id ?? void 0,
    blockId: row.block_id ?? void 0,
    shapeId: row.shape_id ?? void 0,
    firstS: row.first_s ?? void 0,
    lastS: row.last_s ?? void 0
  };
}

// src/onboard/stops/stops.ts
function openStops(file) {
  const database = openDatabase(file, { what: WHAT, mode: "read", version: VERSION });
  try {
    refuseForeign(database, file);
    return {
      feed: feedOf(database),
      timezone: timezoneOf(database),
      ...stopQueries(database),
      ...routeQueries(database),
      ...tripQueries(database),
      fares: (spec) => rowsOf(database, spec),
      close: () => database.close()
    };
  } catch (fault) {
    database.close();
    throw fault;
  }
}
function refuseForeign(database, file) {
  if (database.pragma("application_id", { simple: true }) === APPLICATION_ID) return;
  const expected = "a file that `tura stops import` made";
  throw new TuraError("bad-input", `${file} is no ${WHAT} (expected ${expected})`, { where: file, expected });
}
function feedOf(database) {
  const row = database.prepare("SELECT * FROM feed LEFT JOIN feed_info LIMIT 1").get();
  return {
    hash: row?.hash ?? "",
    version: row?.feed_version ?? void 0,
    publisher: row?.feed_publisher_name ?? void 0,
    startDate: dateOf(row?.feed_start_date),
    endDate: dateOf(row?.feed_end_date)
  };
}
function dateOf(stored) {
  return stored === null || stored === void 0 ? void 0 : stored;
}
function timezoneOf(database) {
  return database.prepare("SELECT agency_timezone FROM agency").pluck().get() ?? "";
}
function rowsOf(database, spec) {
  const rows = database.prepare(`SELECT * FROM ${tableName(spec)} ORDER BY line`).all();
  return rows.map(
    (row) => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cell ?? void 0]))
  );
}

// src/core/tariff/zone.ts
import { Temporal } from "temporal-polyfill";
var FROM = "2015-01-01T00:00Z";
var TO = "2050-01-01T00:00Z";
function compileZone(name) {
  let at;
  try {
    at = Temporal.Instant.from(FROM).toZonedDateTimeISO(name);
  } catch {
    return void 0;
  }
  const end = Temporal.Instant.from(TO).epochMilliseconds;
  const untilMs = [];
  const offsetsMs = [at.offsetNanoseconds / 1e6];
  for (; ; ) {
    const next = at.getTimeZoneTransition("next");
    if (next === null || next.epochMilliseconds >= end) return { name, untilMs, offsetsMs };
    untilMs.push(epoch(next.epochMilliseconds));
    offsetsMs.push(next.offsetNanoseconds / 1e6);
    at = next;
  }
}

// src/onboard/position/track/polyline.ts
var ORIGIN = { x: 0, y: 0 };
function polyline(points) {
  const along = new Float64Array(points.length);
  for (let index = 1; index < points.length; index += 1) {
    const [from, to] = [points[index - 1] ?? ORIGIN, points[index] ?? ORIGIN];
    along[index] = (along[index - 1] ?? 0) + Math.hypot(to.x - from.x, to.y - from.y);
  }
  return { points, along };
}
function lengthOf({ along }) {
  return along.at(-1) ?? 0;
}
function pieceAt({ points, along }, at) {
  const segment = segmentAt(along, at);
  const from = points[segment] ?? ORIGIN;
  const to = points[segment + 1] ?? from;
  const length = (along[segment + 1] ?? 0) - (along[segment] ?? 0);
  if (length <= 0) return { ...from, east: 0, north: 0 };
  const share = Math.min(1, Math.max(0, (at - (along[segment] ?? 0)) / length));
  const [x, y] = [to.x - from.x, to.y - from.y];
  return { x: from.x + x * share, y: from.y + y * share, east: x / length, north: y / length };
}
function segmentAt(along, at) {
  let [low, high] = [0, along.length - 1];
  while (high - low > 1) {
    const middle = low + high >> 1;
    if ((along[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  return low;
}

// src/onboard/position/track/line.ts
var BESIDE_MOST_M = 250;
function lineThrough(stops2, shape) {
  const drawn = shape.length < 2 ? void 0 : alongShape(stops2, shape);
  if (drawn !== void 0) return drawn;
  const line = polyline(stops2);
  return { ...line, stopsAlong: [...line.along], straight: true };
}
function alongShape(stops2, shape) {
  const line = polyline(shape);
  const stopsAlong = nearestTo(stops2, expectedAlong(stops2, shape, line), line);
  const strays = stops2.some((stop, index) => {
    const at = pieceAt(line, stopsAlong[index] ?? 0);
    return Math.hypot(at.x - stop.x, at.y - stop.y) > BESIDE_MOST_M;
  });
  return strays ? void 0 : { ...line, stopsAlong, straight: false };
}
function expectedAlong(stops2, shape, line) {
  const lengthM = lengthOf(line);
  const end = shape.at(-1)?.distance ?? 0;
  const [, ...others] = stops2;
  if (end > 0 && others.every(({ distance: distance2 }) => distance2 !== void 0)) {
    const along2 = stops2.map(({ distance: distance2 = 0 }) => distance2 / end * lengthM);
    return { along: along2, slackM: 300, share: 0.2 };
  }
  const [firstS, lastS] = [stops2[0]?.dueS ?? 0, stops2.at(-1)?.dueS ?? 0];
  const along = stops2.map(({ dueS: dueS2 }) => lastS > firstS ? (dueS2 - firstS) / (lastS - firstS) * lengthM : 0);
  return { along, slackM: 500, share: 0.05 };
}
var TRIED_M = 5;
var MAX_TRIED = 16384;
function nearestTo(stops2, { along: expected, slackM, share }, line) {
  const stepM = Math.max(TRIED_M, lengthOf(line) / MAX_TRIED);
  const tried = Math.floor(lengthOf(line) / stepM) + 1;
  const points = Array.from({ length: tried }, (_, place) => pieceAt(line, place * stepM));
  let least = new Float64Array(tried);
  const chosen = stops2.map((stop, index) => {
    const next = new Float64Array(tried);
    const best = new Int32Array(tried);
    for (const [place, { x, y }] of points.entries()) {
      const off2 = Math.max(0, Math.abs(place * stepM - (expected[index] ?? 0)) - slackM) * share;
      const here = (least[place] ?? 0) + (x - stop.x) ** 2 + (y - stop.y) ** 2 + off2 ** 2;
      const before = place === 0 ? Number.POSITIVE_INFINITY : next[place - 1] ?? 0;
      next[place] = Math.min(here, before);
      best[place] = here < before ? place : best[place - 1] ?? 0;
    }
    least = next;
    return best;
  });
  let last = tried - 1;
  const places = chosen.reverse().map((best) => {
    last = best[last] ?? 0;
    return last * stepM;
  });
  return places.reverse();
}

// src/onboard/position/track/path.ts
var CELL_M = 8;
var MAX_CELLS = 16384;
var REACHED_M = 30;
var ASIDE_SHARE = 0.3;
var ASIDE_MOST_M = 150;
function pathAlong(line, stops2) {
  const [startM, endM] = [line.stopsAlong[0], line.stopsAlong.at(-1)];
  assert(startM !== void 0 && endM !== void 0, "a line has stops");
  assert(stops2.length === line.stopsAlong.length, "every stop has its place along the line");
  const cellM = Math.max(CELL_M, (endM - startM) / (MAX_CELLS - 1));
  const cells = Math.round((endM - startM) / cellM) + 1;
  const stopCells = Int32Array.from(line.stopsAlong, (along) => Math.round((along - startM) / cellM));
  const path = {
    cellM,
    cells,
    x: new Float64Array(cells),
    y: new Float64Array(cells),
    east: new Float64Array(cells),
    north: new Float64Array(cells),
    asideM2: new Float64Array(cells),
    passed: lastStopBy(cells, stopCells),
    reached: lastStopBy(cells, reachedFrom(stopCells, cellM)),
    stopIds: stops2.map(({ stopId }) => stopId),
    stopCells,
    poles: stops2.map(({ pole }) => pole)
  };
  draw(path, line, startM);
  if (line.straight) widen(path);
  return path;
}
function reachedFrom(stopCells, cellM) {
  const ahead = Math.round(REACHED_M / cellM);
  return stopCells.map((cell, stop) => {
    const before = stopCells[stop - 1] ?? 0;
    return stop === 0 ? 0 : cell - Math.min(ahead, Math.floor((cell - before) / 2));
  });
}
function lastStopBy(cells, from) {
  let stop = 0;
  return Int16Array.from({ length: cells }, (_, cell) => {
    while (cell >= (from[stop + 1] ?? cells)) stop += 1;
    return stop;
  });
}
function draw(path, line, startM) {
  for (let cell = 0; cell < path.cells; cell += 1) {
    const { x, y, east, north } = pieceAt(line, startM + cell * path.cellM);
    path.x[cell] = x;
    path.y[cell] = y;
    path.east[cell] = east;
    path.north[cell] = north;
  }
}
function widen({ cells, cellM, passed, stopCells, asideM2 }) {
  for (let cell = 0; cell < cells; cell += 1) {
    const stop = passed[cell] ?? 0;
    const behind = cell - (stopCells[stop] ?? 0);
    const ahead = (stopCells[stop + 1] ?? cell) - cell;
    asideM2[cell] = Math.min(ASIDE_MOST_M, Math.min(behind, ahead) * cellM * ASIDE_SHARE) ** 2;
  }
}

// src/onboard/position/track/plane.ts
var METRES_PER_DEGREE = 111195;
var RADIANS = Math.PI / 180;
function planeAt(lat, lon) {
  return { lat, lon, metresPerLon: METRES_PER_DEGREE * Math.cos(lat * RADIANS) };
}
function onPlane(plane, lat, lon) {
  const east = ((lon - plane.lon + 180) % 360 + 360) % 360 - 180;
  return { x: east * plane.metresPerLon, y: (lat - plane.lat) * METRES_PER_DEGREE };
}
function degreesOf(plane, { x, y }) {
  const lon = plane.lon + x / plane.metresPerLon;
  return { lat: plane.lat + y / METRES_PER_DEGREE, lon: ((lon + 180) % 360 + 360) % 360 - 180 };
}

// src/onboard/position/track/run.ts
var FASTEST_MPS = 25;
function withoutLeaps({ arrivesS, departsS }, { stopCells, cellM }) {
  const times2 = { arrivesS: Float64Array.from(arrivesS), departsS: Float64Array.from(departsS) };
  for (let stop = 1; stop < stopCells.length; stop += 1) {
    const lengthM = ((stopCells[stop] ?? 0) - (stopCells[stop - 1] ?? 0)) * cellM;
    const earliestS = (times2.departsS[stop - 1] ?? 0) + lengthM / FASTEST_MPS;
    times2.arrivesS[stop] = Math.max(arrivesS[stop] ?? 0, earliestS);
    times2.departsS[stop] = Math.max(departsS[stop] ?? 0, times2.arrivesS[stop] ?? 0);
  }
  return times2;
}
function dueS({ path, arrivesS, departsS }, cell) {
  const stop = path.passed[cell] ?? 0;
  const from = departsS[stop] ?? 0;
  const start = path.stopCells[stop] ?? 0;
  const end = path.stopCells[stop + 1];
  if (end === void 0 || end === start) return from;
  return from + ((arrivesS[stop + 1] ?? from) - from) * (cell - start) / (end - start);
}
function intoRunS(run, atMs) {
  return (atMs - run.zeroMs) / 1e3;
}

// src/onboard/position/track/runs.ts
var MARGIN = { earlyS: 20 * 60, lateS: 75 * 60 };
var LONGEST_LAYOVER_S = 60 * 60;
var MOST = { runs: 1024, paths: 256, places: 2e4 };
function runsOf(stops2, zone2) {
  return new FeedRuns(stops2, zone2);
}
var FeedRuns = class {
  plane;
  routeIds;
  #stops;
  #zone;
  #runs = /* @__PURE__ */ new Map();
  #paths = /* @__PURE__ */ new Map();
  #places = /* @__PURE__ */ new Map();
  #next = /* @__PURE__ */ new Map();
  constructor(stops2, zone2) {
    this.#stops = stops2;
    this.#zone = zone2;
    this.routeIds = stops2.routeIds();
    const [somewhere] = stops2.near(0, 0, 1);
    this.plane = planeAt(somewhere?.lat ?? 0, somewhere?.lon ?? 0);
  }
  about(routeId, atMs) {
    return this.#stops.tripsAt(routeId, this.#zone, atMs, MARGIN).flatMap((trip) => this.#runOf(trip) ?? []);
  }
  ofTrip(tripId, atMs) {
    const trip = this.#stops.trip(tripId);
    if (trip === void 0) return void 0;
    const now = this.#stops.tripsAt(trip.routeId, this.#zone, atMs, MARGIN);
    const runs2 = now.flatMap((run) => run.tripId === tripId ? this.#runOf(run) ?? [] : []);
    const offS = ({ zeroMs, departsS, arrivesS }) => {
      const atS = (atMs - zeroMs) / 1e3;
      return Math.max((departsS[0] ?? 0) - atS, atS - (arrivesS.at(-1) ?? 0));
    };
    return runs2.sort((a, b) => offS(a) - offS(b))[0];
  }
  after(run) {
    return remembered(this.#next, run.key, MOST.runs, () => this.#nextOfBlock(run.trip));
  }
  #nextOfBlock({ blockId, serviceDate, lastS, tripId }) {
    if (blockId === void 0 || lastS === void 0) return void 0;
    const block = this.#stops.tripsOfBlock(blockId, serviceDate);
    const next = block[block.findIndex((trip) => trip.tripId === tripId) + 1];
    if (next?.firstS === void 0 || next.firstS - lastS > LONGEST_LAYOVER_S) return void 0;
    return this.#runOf(next);
  }
  routesOfLine(line) {
    return this.routeIds.filter((routeId) => sameLine(this.#stops.route(routeId)?.line ?? "", line));
  }
  stopsOfNumber(number) {
    return this.#stops.stopsOfNumber(number);
  }
  stopName(stopId) {
    return this.#stops.stop(stopId)?.name;
  }
  #runOf(trip) {
    const key = `${trip.tripId}/${trip.serviceDate}`;
    return remembered(this.#runs, key, MOST.runs, () => this.#makeRun(key, trip));
  }
  #makeRun(key, trip) {
    const stopTimes = this.#stops.trip(trip.tripId)?.stopTimes ?? [];
    const points = stopTimes.flatMap(({ stopId }) => this.#placeOf(stopId) ?? []);
    if (points.length === 0 || points.length < stopTimes.length) return void 0;
    const timed = timesOf(stopTimes, points);
    if (timed === void 0) return void 0;
    const path = this.#pathOf(trip, stopTimes, points, timed);
    return {
      key,
      trip,
      path,
      stopSequences: stopTimes.map(({ stopSequence }) => stopSequence),
      zeroMs: zeroOfDay(this.#zone, trip.serviceDate),
      ...withoutLeaps(timed, path)
    };
  }
  #pathOf({ shapeId }, stopTimes, points, { arrivesS }) {
    const stopIds = stopTimes.map(({ stopId }) => stopId);
    return remembered(this.#paths, `${shapeId} ${stopIds.join(" ")}`, MOST.paths, () => {
      const places = points.map(
        (point, stop) => ({
          ...point,
          distance: stopTimes[stop]?.distance,
          dueS: arrivesS[stop] ?? 0
        })
      );
      const shape = shapeId === void 0 ? [] : this.#stops.shape(shapeId) ?? [];
      const drawn = shape.map(({ lat, lon, distance: distance2 }) => ({ ...onPlane(this.plane, lat, lon), distance: distance2 }));
      return pathAlong(
        lineThrough(places, drawn),
        points.map((pole, stop) => ({ pole, stopId: stopIds[stop] ?? "" }))
      );
    });
  }
  #placeOf(stopId) {
    return remembered(this.#places, stopId, MOST.places, () => {
      const { lat, lon } = this.#stops.stop(stopId) ?? {};
      return lat === void 0 || lon === void 0 ? void 0 : onPlane(this.plane, lat, lon);
    });
  }
};
function remembered(kept2, key, most, make) {
  const known = kept2.get(key);
  if (known !== void 0 || kept2.has(key)) return known;
  const made = make();
  const [oldest] = kept2.keys();
  if (kept2.size >= most && oldest !== void 0) kept2.delete(oldest);
  kept2.set(key, made);
  return made;
}
function sameLine(a, b) {
  return withoutZeros(a) === withoutZeros(b);
}
function withoutZeros(line) {
  return line.trim().replace(/^0+(?=.)/, "").toLowerCase();
}
function timesOf(stopTimes, points) {
  const arrivesS = new Float64Array(stopTimes.length);
  const departsS = new Float64Array(stopTimes.length);
  let timed = -1;
  for (const [stop, { arrivalS, departureS }] of stopTimes.entries()) {
    if (arrivalS === void 0 || departureS === void 0) continue;
    if (timed < 0 && stop > 0) return void 0;
    arrivesS[stop] = arrivalS;
    departsS[stop] = departureS;
    const legs = Array.from({ length: stop - timed - 1 }, (_, leg) => timed + 1 + leg);
    const lengths = [...legs, stop].map((to) => apart(points[to - 1], points[to]));
    const whole = lengths.reduce((sum, length) => sum + length, 0);
    let gone = 0;
    for (const [leg, between] of legs.entries()) {
      gone += lengths[leg] ?? 0;
      const leftS = departsS[timed] ?? 0;
      const share = whole > 0 ? gone / whole : 0;
      arrivesS[between] = leftS + (arrivalS - leftS) * share;
      departsS[between] = arrivesS[between] ?? 0;
    }
    timed = stop;
  }
  return timed === stopTimes.length - 1 ? { arrivesS, departsS } : void 0;
}
function apart(from, to) {
  return from === void 0 || to === void 0 ? 0 : Math.hypot(to.x - from.x, to.y - from.y);
}

// src/lab/drive/receiver.ts
var LASTING = { share: 0.6, forS: 20 };
var OUTLIER_M = [30, 300];
function received(moments, receiver, plane, zeroMs, random2) {
  const keeps = Math.exp(-1 / LASTING.forS);
  const [lastingM, freshM] = [
    receiver.errorM * Math.sqrt(LASTING.share),
    receiver.errorM * Math.sqrt(1 - LASTING.share)
  ];
  let [east, north] = [random2.normal() * lastingM, random2.normal() * lastingM];
  let gapUntilS = Number.NEGATIVE_INFINITY;
  return moments.map(({ atS, x, y, speedMps, courseDeg }) => {
    const atMs = epoch(Math.round(zeroMs + atS * 1e3 + 200));
    const renews = Math.sqrt(1 - keeps ** 2) * lastingM;
    east = east * keeps + random2.normal() * renews;
    north = north * keeps + random2.normal() * renews;
    if (atS >= gapUntilS && random2.chance(1 / receiver.gapEveryS)) gapUntilS = atS + receiver.gapS;
    if (atS < gapUntilS) return { kind: "no-fix", atMs };
    const lie = random2.chance(receiver.outlierShare) ? random2.between(...OUTLIER_M) : 0;
    const way = random2.between(0, 2 * Math.PI);
    const seen = {
      x: x + east + random2.normal() * freshM + lie * Math.sin(way),
      y: y + north + random2.normal() * freshM + lie * Math.cos(way)
    };
    const fix = { kind: "fix", atMs, ...degreesOf(plane, seen) };
    if (!receiver.speed) return fix;
    const lied = lie > 0;
    return {
      ...fix,
      speedMps: lied ? random2.between(0, 20) : Math.max(0, speedMps + random2.normal() * 0.4),
      courseDeg: lied || speedMps < 1 ? random2.between(0, 360) : (courseDeg + random2.normal() * 6 + 360) % 360
    };
  });
}

// src/lab/drive/riders.ts
var RIDERS = { more: 1.2, lateShare: 0.25, latestS: 25 };
function tapsAt({ opensS, closesS }, next, random2) {
  const riders = 1 + Math.floor(random2.exponential(RIDERS.more));
  const taps = Array.from({ length: riders }, () => random2.between(opensS + 0.5, closesS));
  const lateS = closesS + random2.between(1, RIDERS.latestS);
  const isLate = next !== void 0 && lateS < next.opensS && random2.chance(RIDERS.lateShare);
  return isLate ? [...taps, lateS] : taps;
}

// src/lab/drive/street.ts
var SWING_SHARE = 0.06;
var SWINGS = 2;
var PIECES = 12;
function streetOf(stops2, plane, trip) {
  return shaped(stops2, plane, trip) ?? winding(trip.stopTimes.map(({ stopId }) => pointOf(stops2, plane, stopId)));
}
function pointOf(stops2, plane, stopId) {
  const { lat = 0, lon = 0 } = stops2.stop(stopId) ?? {};
  return onPlane(plane, lat, lon);
}
function shaped(stops2, plane, { shapeId, stopTimes }) {
  const shape = shapeId === void 0 ? void 0 : stops2.shape(shapeId);
  const end = shape?.at(-1)?.distance;
  if (shape === void 0 || end === void 0 || end <= 0) return void 0;
  const line = polyline(shape.map(({ lat, lon }) => onPlane(plane, lat, lon)));
  let behind = 0;
  const stopsAlong = stopTimes.map(({ stopId, distance: distance2 = 0 }) => {
    behind = nearestAlong(line, pointOf(stops2, plane, stopId), distance2 / end * lengthOf(line), behind);
    return behind;
  });
  return { ...line, stopsAlong };
}
var SOUGHT_M = 300;
var STEP_M = 2;
function nearestAlong(line, pole, about, behind) {
  let [best, bestM] = [behind, Number.POSITIVE_INFINITY];
  const until = Math.min(lengthOf(line), about + SOUGHT_M);
  for (let along = Math.max(behind, about - SOUGHT_M); along <= until; along += STEP_M) {
    const { x, y } = pieceAt(line, along);
    const apart2 = Math.hypot(x - pole.x, y - pole.y);
    if (apart2 < bestM) [best, bestM] = [along, apart2];
  }
  return best;
}
function winding(places) {
  const points = places.flatMap((to, stop) => {
    const from = places[stop - 1];
    return from === void 0 ? [to] : windingLeg(from, to);
  });
  const line = polyline(points);
  return { ...line, stopsAlong: places.map((_, stop) => line.along[stop * PIECES] ?? 0) };
}
function windingLeg(from, to) {
  const [x, y] = [to.x - from.x, to.y - from.y];
  return Array.from({ length: PIECES }, (_, piece) => {
    const share = (piece + 1) / PIECES;
    const swing = SWING_SHARE * Math.sin(share * Math.PI * SWINGS);
    return { x: from.x + x * share - y * swing, y: from.y + y * share + x * swing };
  });
}

// src/lab/drive/vehicle.ts
var STREET = {
  accelerateMps2: 1.1,
  brakeMps2: 1.2,
  slowestMps: 4,
  fastestMps: 18,
  /** Traffic of the day and of a leg: a share more or less of the timetable's pace. */
  trafficSpread: 0.12,
  legSpread: 0.2,
  metresPerLight: 500,
  redShare: 0.45,
  longestRedS: 50,
  queueShare: 0.15,
  /** A lane lies right of the line that is drawn. */
  laneM: 3
};
var STOP = {
  served: 0.7,
  /** How far from its pole it halts. */
  haltM: 6,
  openS: 6,
  boardingS: 9
};
var LATE = { onTimeShare: 0.85, onTimeS: 40, lateS: 240 };
function driven(course, random2) {
  const { street } = course;
  const paces = pacesOf(course, random2);
  const halts = haltsOf(course, random2);
  const moments = [];
  const visits = [];
  let atS = course.standsFromS;
  let [along, speed] = [halts[0]?.along ?? 0, 0];
  const tell = () => moments.push(momentAt(course, atS, along, speed));
  for (const halt of halts) {
    while (along < halt.along) {
      const left = halt.along - along;
      const pace2 = paces[legAt(street, along)] ?? STREET.slowestMps;
      speed = Math.min(speed + STREET.accelerateMps2, pace2, Math.sqrt(2 * STREET.brakeMps2 * left));
      along = left <= Math.max(1, speed) ? halt.along : along + speed;
      atS += 1;
      tell();
    }
    speed = 0;
    const { visit, forS } = halt;
    if (visit !== void 0) {
      const opensS = atS + visit.opensAfterS;
      visits.push({ stop: visit.stop, opensS, closesS: opensS + visit.openS });
    }
    for (const untilS = atS + forS; atS < untilS; ) {
      atS += 1;
      tell();
    }
  }
  return { moments, visits, endsS: atS };
}
function legAt({ stopsAlong }, along) {
  return Math.max(0, segmentAt(stopsAlong, along));
}
function pacesOf({ street, departsS, arrivesS }, random2) {
  const traffic = Math.exp(STREET.trafficSpread * random2.normal());
  return street.stopsAlong.slice(1).map((to, leg) => {
    const lengthM = to - (street.stopsAlong[leg] ?? 0);
    const timeS = (arrivesS[leg + 1] ?? 0) - (departsS[leg] ?? 0);
    const pace2 = lengthM / Math.max(timeS, 1) * 1.5 * traffic * Math.exp(STREET.legSpread * random2.normal());
    return Math.min(STREET.fastestMps, Math.max(STREET.slowestMps, pace2));
  });
}
function haltsOf(course, random2) {
  const { stopsAlong } = course.street;
  const last = stopsAlong.length - 1;
  const halts = [departure(course, random2)];
  for (let stop = 1; stop <= last; stop += 1) {
    const from = stopsAlong[stop - 1] ?? 0;
    const to = (stopsAlong[stop] ?? 0) + STOP.haltM * random2.normal();
    halts.push(...reds(from, to, random2));
    const isLeftOut = course.detour !== void 0 && stop > course.detour.fromStop && stop < course.detour.toStop;
    if (isLeftOut) halts.push(...random2.chance(0.3) ? [serving(to, void 0, random2)] : []);
    else if (stop === last) halts.push(arrival(to, last, random2));
    else if (random2.chance(STOP.served)) halts.push(serving(to, stop, random2));
  }
  let reached = 0;
  return halts.sort((a, b) => a.along - b.along).map((halt) => {
    reached = Math.max(reached, Math.max(0, halt.along));
    return { ...halt, along: reached };
  });
}
function departure({ street, departsS, standsFromS }, random2) {
  const leavesS = departsS[0] ?? 0;
  const lateS = random2.chance(LATE.onTimeShare) ? Math.abs(random2.normal()) * LATE.onTimeS : random2.exponential(LATE.lateS);
  const opensS = Math.max(standsFromS + 15, leavesS - random2.between(60, 240));
  const closesS = Math.max(opensS + 10, leavesS + lateS);
  return {
    along: (street.stopsAlong[0] ?? 0) + Math.abs(random2.normal()) * STOP.haltM,
    forS: closesS - standsFromS + 2,
    visit: { stop: 0, opensAfterS: opensS - standsFromS, openS: closesS - opensS }
  };
}
function serving(along, stop, random2) {
  const opensAfterS = random2.between(1, 2.5);
  const openS = STOP.openS + random2.exponential(STOP.boardingS);
  return { along, forS: opensAfterS + openS + random2.between(1, 2.5), visit: { stop, opensAfterS, openS } };
}
function arrival(along, stop, random2) {
  const [opensAfterS, openS] = [random2.between(1, 2.5), random2.between(15, 45)];
  return { along, forS: opensAfterS + openS + 2, visit: { stop, opensAfterS, openS } };
}
function reds(from, to, random2) {
  const lights = Array.from({
    length: Math.round((to - from) / STREET.metresPerLight + random2.next() - 0.5)
  });
  const halts = lights.flatMap(
    () => random2.chance(STREET.redShare) ? [{ along: random2.between(from, to), forS: random2.between(4, STREET.longestRedS) }] : []
  );
  const queue = { along: to - random2.between(18, 45), forS: random2.between(3, 20) };
  return random2.chance(STREET.queueShare) && queue.along > from ? [...halts, queue] : halts;
}
var DEGREES = 180 / Math.PI;
var LEAVING_M = 80;
function momentAt({ street, detour }, atS, along, speedMps) {
  const { x, y, east, north } = pieceAt(street, along);
  const aside = STREET.laneM + (detour === void 0 ? 0 : asideAt(street, detour, along));
  const courseDeg = (Math.atan2(east, north) * DEGREES + 360) % 360;
  return { atS, x: x + north * aside, y: y - east * aside, speedMps, courseDeg };
}
function asideAt({ stopsAlong }, { fromStop, toStop, asideM }, along) {
  const from = (stopsAlong[fromStop] ?? 0) + 40;
  const to = (stopsAlong[toStop] ?? 0) - 40;
  return asideM * Math.max(0, Math.min(1, (along - from) / LEAVING_M, (to - along) / LEAVING_M));
}

// src/lab/drive/drive.ts
function drive(roads, trips, date2, { receiver, doorIds, detour }, random2) {
  const zeroMs = zeroOfDay(roads.zone, date2);
  const moments = [];
  const events = [];
  for (const [index, trip] of trips.entries()) {
    const street = streetOf(roads.stops, roads.plane, trip);
    const times2 = timesOf2(trip);
    const standsFromS = comesTo(street, times2.departsS[0] ?? 0, moments, random2);
    const course = { street, ...times2, standsFromS };
    const ride = driven(index === 0 && detour !== void 0 ? { ...course, detour } : course, random2);
    moments.push(...ride.moments);
    events.push(...visited(trip, ride, zeroMs, doorIds, random2));
  }
  const fixes = received(moments, receiver, roads.plane, zeroMs, random2);
  const heard = fixes.map((seen) => ({ kind: "heard", atMs: seen.atMs, seen }));
  return [...heard, ...events].sort((a, b) => a.atMs - b.atMs);
}
function timesOf2({ stopTimes }) {
  return {
    departsS: stopTimes.map(({ departureS }) => departureS ?? Number.NaN),
    arrivesS: stopTimes.map(({ arrivalS }) => arrivalS ?? Number.NaN)
  };
}
function comesTo({ points }, leavesS, moments, random2) {
  const [start, last] = [points[0], moments.at(-1)];
  if (start === void 0 || last === void 0) return leavesS - random2.between(120, 480);
  const [x, y] = [start.x - last.x, start.y - last.y];
  const seconds = Math.ceil(Math.hypot(x, y) / WALK_MPS);
  const courseDeg = (Math.atan2(x, y) * 180 / Math.PI + 360) % 360;
  for (let second = 1; second <= seconds; second += 1) {
    const share = second / seconds;
    const place = { x: last.x + x * share, y: last.y + y * share };
    moments.push({ atS: last.atS + second, ...place, speedMps: WALK_MPS, courseDeg });
  }
  return last.atS + seconds;
}
var WALK_MPS = 5;
function visited(trip, { visits }, zeroMs, doorIds, random2) {
  const at = (seconds) => epoch(Math.round(zeroMs + seconds * 1e3));
  return visits.flatMap((visit, index) => {
    const stopId = visit.stop === void 0 ? void 0 : trip.stopTimes[visit.stop]?.stopId;
    const truth = { trip, stopId };
    const taps = tapsAt(visit, visits[index + 1], random2);
    const riders = taps.map((atS) => ({ kind: "tap", atMs: at(atS), truth }));
    return [...doorsOf(visit, doorIds, random2).map((door) => heardDoor(door, at)), ...riders];
  });
}
function doorsOf({ opensS, closesS }, doorIds, random2) {
  return doorIds.flatMap((doorId, index) => {
    const spare = index === 0 ? 0 : (closesS - opensS) / 3;
    return [
      { doorId, open: true, atS: opensS + random2.between(0, spare) },
      { doorId, open: false, atS: closesS - random2.between(0, spare) }
    ];
  });
}
function heardDoor({ doorId, open, atS }, at) {
  const atMs = at(atS);
  return { kind: "heard", atMs, seen: { kind: "doors", atMs, doorId, open } };
}

// src/lab/random.ts
function randomFrom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = Math.imul(state, 1664525) + 1013904223 >>> 0;
    const mixed = Math.imul(state ^ state >>> 15, 739982445) >>> 0;
    return ((mixed ^ mixed >>> 12) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (least, most) => least + (most - least) * next(),
    chance: (share) => next() < share,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    exponential: (mean) => -mean * Math.log(1 - next()),
    pick: (all) => all[Math.floor(next() * all.length)]
  };
}

// src/onboard/position/track/weights.ts
var WEIGHTS = {
  fix: {
    /** Of a receiver that does not say how exact it is: a bus between houses. */
    errorM: 12,
    /** A fix that lies says no more than one from a detour does. */
    outlierShare: 0.05,
    /** Errors of a receiver last: fixes nearer in time than this count as one. */
    correlatedS: 4,
    /** A fix older than this says nothing of now. */
    freshMs: 1e4
  },
  course: {
    /** Slower than this a receiver's course is noise. */
    fromMps: 2.5,
    /** About 35 degrees: a bend within one cell, and a turn just begun. */
    concentration: 2.7,
    /** The course is wrong, or the vehicle manoeuvres. */
    wrongShare: 0.15
  },
  off: {
    /** Beside the path, on a detour: within a few streets of it. */
    besideM: 250,
    /** How often a vehicle leaves its path, and how soon a detour ends, in seconds. */
    leavesEveryS: 1800,
    lastsS: 90
  },
  elsewhere: {
    /** On no path that is followed: anywhere within so many square metres. */
    areaM2: 4e6,
    /** How often a vehicle leaves the runs that are followed: for the depot, or as somebody forgot to say. */
    leavesEveryS: 7200,
    /** Of a vehicle that was told its trip or line, the share that runs another. */
    wronglyTold: 0.02,
    /** Above this it is worth asking which runs there are. */
    searchFrom: 0.05,
    searchEveryMs: 15e3,
    /** How much of what is elsewhere is given to the runs that are found: the rest stays elsewhere. */
    found: 0.5,
    /** Above this no run that was told explains what is seen, and others are tried. */
    widerFrom: 0.5
  },
  pace: {
    /** In a step of some seconds: at a light or a stop, or going at about this speed. */
    standing: 0.35,
    mps: 8,
    spreadMps: 6,
    /** A receiver's speed is exact to this, and to this share of it. */
    measuredMps: 1.2,
    measuredShare: 0.12,
    /** And wrong so often. */
    mismeasured: 0.08,
    /** A longer step goes by the timetable, at about this share more or less of its pace. */
    scheduledFromS: 12,
    scheduledSpread: 0.4,
    /** Standing ends after about so many seconds. */
    standsS: 30
  },
  lateness: {
    /** Seconds early and late: of most vehicles, and of those that met with something. */
    usual: { share: 0.8, earlyS: 60, lateS: 240 },
    unusual: { share: 0.2, earlyS: 300, lateS: 1200 },
    /** Anywhere on the trip, whatever the timetable says. */
    anywhere: 1e-3
  },
  doors: {
    /** How far from its pole a vehicle opens its doors. */
    spreadM: 18,
    /** Doors open away from every stop, beside their own stops' likeliness. */
    awayFromStops: 5e-4,
    /** The same on a detour, where stops are elsewhere. */
    onDetour: 0.2,
    /** And on no run that is followed. */
    elsewhere: 0.1,
    /** A stop is passed with doors closed so often. */
    passes: 0.5,
    /** A vehicle that goes faster than this, or is farther from where they opened, has its doors closed, whatever the wire says. */
    closedFromMps: 3,
    closedFromM: 80
  },
  telegram: {
    /** A stop that the vehicle bus names is wrong so often. */
    wrong: 2e-3,
    /** A name or a destination, which is a text that people wrote. */
    wrongText: 0.05,
    /** Of all stops there are, one is named by chance so often. */
    elsewhere: 0.02,
    /** A stop is named until its vehicle has left it so far behind. */
    behindM: 60
  },
  terminus: {
    /** So many metres from its last stop a trip may be over. */
    withinM: 40,
    /** After so many seconds there the next one has begun. */
    turnsAfterS: 120,
    /** Doors that open there once more open for the next one. */
    reopened: 0.8
  },
  told: {
    /** Said without reserve: nine hundred and ninety-nine of a thousand such answers are right. */
    certain: 0.999,
    /** Said at all. */
    likely: 0.7,
    /** Doors that stay closed past so many stops may be doors that nobody hears. */
    silentStops: 8
  },
  /** Less than this is not followed: for a run, and for a cell of one. */
  forgotten: { run: 1e-6, cell: 1e-9 }
};

// src/onboard/position/track/hypothesis.ts
var ON = 0;
var OFF = 1;
function endOf({ first, masses }) {
  return first + masses.length / 2;
}
function hypothesis(one) {
  let mass = 0;
  for (let index = 0; index < one.masses.length; index += 1) mass += one.masses[index] ?? 0;
  return { run: one.run, boarded: one.boarded, first: one.first, masses: one.masses, mass };
}
function boardedAs(one, boarded) {
  return one.boarded === boarded ? one : { ...one, boarded };
}
function scaled(one, factor) {
  return { ...one, masses: one.masses.map((mass) => mass * factor), mass: one.mass * factor };
}
function within(one, from, to) {
  const [start, end] = [Math.max(0, from - one.first), Math.max(0, to - one.first)];
  return hypothesis({ ...one, first: one.first + start, masses: one.masses.slice(2 * start, 2 * end) });
}
function kept(one, factor) {
  const { cell, run } = WEIGHTS.forgotten;
  if (one.mass * factor < run) return void 0;
  const { masses } = one;
  const least = cell / factor;
  const weighs = (at) => (masses[at] ?? 0) + (masses[at + 1] ?? 0) >= least;
  let [from, to] = [0, masses.length];
  while (from < to && !weighs(from)) from += 2;
  while (to > from && !weighs(to - 2)) to -= 2;
  const left = masses.slice(from, to);
  let mass = 0;
  for (let at = 0; at < left.length; at += 1) {
    const scaledMass = (left[at] ?? 0) * factor;
    left[at] = scaledMass;
    mass += scaledMass;
  }
  return { run: one.run, boarded: one.boarded, first: one.first + from / 2, masses: left, mass };
}
function merged(all) {
  const distinct = [];
  for (const one of all) {
    const at = distinct.findIndex(({ run, boarded }) => run.key === one.run.key && boarded === one.boarded);
    const twin = distinct[at];
    if (twin === void 0) distinct.push(one);
    else distinct[at] = added(twin, one);
  }
  return distinct;
}
function added(a, b) {
  const first = Math.min(a.first, b.first);
  const masses = new Float64Array(2 * (Math.max(endOf(a), endOf(b)) - first));
  masses.set(a.masses, 2 * (a.first - first));
  const from = 2 * (b.first - first);
  for (const [at, mass] of b.masses.entries()) masses[from + at] = (masses[from + at] ?? 0) + mass;
  return { ...a, first, masses, mass: a.mass + b.mass };
}
function regardless(all) {
  return merged(all.map((one) => boardedAs(one, "unseen")));
}

// src/onboard/position/track/belief.ts
var NOTHING_KNOWN = { hypotheses: [], elsewhere: 1 };
var LEAST_ELSEWHERE = 1e-6;
function settled(hypotheses, elsewhere) {
  const one = merged(hypotheses);
  const whole = one.reduce((sum, { mass }) => sum + mass, elsewhere);
  if (!(whole > 0)) return NOTHING_KNOWN;
  return {
    hypotheses: one.flatMap((each) => kept(each, 1 / whole) ?? []),
    elsewhere: Math.max(LEAST_ELSEWHERE, elsewhere / whole)
  };
}

// src/onboard/position/track/duty.ts
var OPEN = { by: "device", routeIds: void 0, tripIds: [], course: void 0 };
function isOpen({ routeIds, tripIds }) {
  return routeIds === void 0 && tripIds.length === 0;
}
function allows({ routeIds, tripIds, course }, { trip }) {
  if (tripIds.length > 0) return tripIds.includes(trip.tripId);
  if (routeIds !== void 0 && !routeIds.includes(trip.routeId)) return false;
  return course === void 0 || isCourse(course, trip.blockId);
}
function isCourse(course, blockId) {
  const number = /(?:^|\D)(\d{1,2})$/.exec(blockId ?? "")?.[1];
  return number === void 0 || Number(number) === course;
}
function runsOfDuty(duty, atMs, runs2) {
  const { routeIds = [], tripIds } = duty;
  if (tripIds.length > 0) return tripIds.flatMap((tripId) => runs2.ofTrip(tripId, atMs) ?? []);
  return routeIds.flatMap((routeId) => runs2.about(routeId, atMs).filter((run) => allows(duty, run)));
}
function goesOn(duty, after, next) {
  if (duty.tripIds.length === 0 || !allows(duty, after) || allows(duty, next)) return duty;
  return { ...duty, tripIds: [...duty.tripIds, next.trip.tripId] };
}

// src/onboard/position/track/reach.ts
var { pace } = WEIGHTS;
var FASTEST_MPS2 = 28;
function reachOf(run, forS, speedMps) {
  return forS > pace.scheduledFromS ? byTimetable(run, forS) : byPace(run.path.cellM, forS, speedMps);
}
function byPace(cellM, forS, speedMps) {
  const shares = new Float64Array(Math.ceil(FASTEST_MPS2 * forS / cellM) + 2);
  const usual = speedMps === void 0 ? 1 : pace.mismeasured;
  const stands = pace.standing * standsStill(forS);
  shares[0] = usual * stands;
  spread(shares, usual * (1 - stands), pace.mps * forS, pace.spreadMps * forS, cellM);
  if (speedMps !== void 0) {
    const errorM = (pace.measuredMps + pace.measuredShare * speedMps) * forS;
    spread(shares, 1 - usual, speedMps * forS, errorM, cellM);
  }
  return { end: (cell) => cell + shares.length - 1, shares: () => shares };
}
function standsStill(forS) {
  return Math.exp(-forS / pace.standsS);
}
var SLICES = Array.from({ length: 11 }, (_, slice) => (slice - 5) / 2);
var SLICE_SHARES = shareOut(SLICES.map((deviation) => Math.exp(-(deviation ** 2) / 2)));
function shareOut(weights2) {
  const whole = weights2.reduce((sum, weight) => sum + weight, 0);
  return weights2.map((weight) => weight / whole);
}
function spread(shares, share, meanM, errorM, cellM) {
  for (let slice = 0; slice < SLICES.length; slice += 1) {
    const metres = meanM + (SLICES[slice] ?? 0) * errorM;
    const cells = Math.min(shares.length - 2, Math.max(0, metres / cellM));
    const whole = Math.floor(cells);
    const part = share * (SLICE_SHARES[slice] ?? 0);
    shares[whole] = (shares[whole] ?? 0) + part * (1 - (cells - whole));
    shares[whole + 1] = (shares[whole + 1] ?? 0) + part * (cells - whole);
  }
}
var PACE = Number(process.env.PACE ?? 1);
var SPREAD = Number(process.env.SPREAD ?? 0.4);
var FASTEST_SHARE = 1 + 3 * pace.scheduledSpread;
function byTimetable(run, forS) {
  const { cells } = run.path;
  let buffer = new Float64Array(64);
  const end = (cell) => {
    const until = dueS(run, cell) + forS * (PACE + 3 * SPREAD);
    let last = cell;
    while (last < cells - 1 && dueS(run, last + 1) <= until) last += 1;
    return last;
  };
  const shares = (cell) => {
    const length = end(cell) - cell + 1;
    if (buffer.length < length) buffer = new Float64Array(2 * length);
    const from = dueS(run, cell);
    let due = from;
    let whole = 0;
    for (let ahead = 0; ahead < length; ahead += 1) {
      const next = cell + ahead < cells - 1 ? dueS(run, cell + ahead + 1) : from + forS * (PACE + 3 * SPREAD);
      const offPace = ((due + next) / 2 - from) / forS - PACE;
      const share = Math.exp(-((offPace / SPREAD) ** 2) / 2) * (next - due);
      buffer[ahead] = share;
      whole += share;
      due = next;
    }
    const stands = whole > 0 ? pace.standing * standsStill(forS) : 1;
    const goes = whole > 0 ? (1 - stands) / whole : 0;
    for (let ahead = 0; ahead < length; ahead += 1) buffer[ahead] = (buffer[ahead] ?? 0) * goes;
    buffer[0] = (buffer[0] ?? 0) + stands;
    return buffer.subarray(0, length);
  };
  return { end, shares };
}

// src/onboard/position/track/motion.ts
var { off, doors, forgotten } = WEIGHTS;
function moved(one, { forS, speedMps, doorsHeard }) {
  const { run, first } = one;
  const { passed, cells } = run.path;
  const reach = reachOf(run, forS, speedMps);
  const leaves = 1 - Math.exp(-forS / off.leavesEveryS);
  const returns = 1 - Math.exp(-forS / off.lastsS);
  const last = Math.min(cells - 1, reach.end(endOf(one) - 1)) - first;
  const masses = new Float64Array(2 * (last + 1));
  const served = typeof one.boarded === "number" ? one.boarded : -1;
  for (let at = 0; 2 * at < one.masses.length; at += 1) {
    const [on, beside] = [one.masses[2 * at + ON] ?? 0, one.masses[2 * at + OFF] ?? 0];
    if (on + beside < forgotten.cell) continue;
    const toOn = on * (1 - leaves) + beside * returns;
    const toOff = on * leaves + beside * (1 - returns);
    const from = Math.max(served, passed[first + at] ?? 0);
    const shares = reach.shares(first + at);
    for (let ahead = 0; ahead < shares.length; ahead += 1) {
      const to = Math.min(last, at + ahead);
      const stops2 = doorsHeard ? (passed[first + to] ?? 0) - from : 0;
      const share = (shares[ahead] ?? 0) * (stops2 > 0 ? doors.passes ** stops2 : 1);
      masses[2 * to + ON] = (masses[2 * to + ON] ?? 0) + toOn * share;
      masses[2 * to + OFF] = (masses[2 * to + OFF] ?? 0) + toOff * share;
    }
  }
  return hypothesis({ run, boarded: one.boarded, first, masses });
}

// src/onboard/position/track/terminus.ts
var { terminus } = WEIGHTS;
function turnedAfter(all, forS, runs2) {
  return turn(all, () => 1 - Math.exp(-forS / terminus.turnsAfterS), runs2);
}
function turnedByDoors(all, runs2) {
  const share = ({ boarded, run }) => boarded === lastStop(run) ? terminus.reopened : 0;
  return turn(all, share, runs2);
}
function turn(all, shareOf, runs2) {
  if (all.every((one) => endsAt(one) >= endOf(one))) return void 0;
  const hypotheses = [];
  const began = [];
  let over = 0;
  for (const one of all) {
    const share = endsAt(one) >= endOf(one) ? 0 : shareOf(one);
    const ended = share === 0 ? void 0 : scaled(within(one, endsAt(one), one.run.path.cells), share);
    if (ended === void 0 || ended.mass < WEIGHTS.forgotten.run) {
      hypotheses.push(one);
      continue;
    }
    hypotheses.push(without(one, ended));
    const next = runs2.after(one.run);
    if (next === void 0) over += ended.mass;
    else {
      hypotheses.push(beginning(next, ended));
      began.push({ after: one.run, next });
    }
  }
  return { hypotheses, over, began };
}
function endsAt({ run: { path } }) {
  return Math.max(0, (path.stopCells.at(-1) ?? 0) - Math.round(terminus.withinM / path.cellM));
}
function lastStop({ path }) {
  return path.stopCells.length - 1;
}
function without(one, part) {
  const from = 2 * (part.first - one.first);
  return hypothesis({ ...one, masses: one.masses.map((mass, at) => mass - (part.masses[at - from] ?? 0)) });
}
function beginning(next, ended) {
  const masses = Float64Array.of(ended.mass / 2, ended.mass / 2);
  return { run: next, boarded: boardedFor(next, ended), first: 0, masses, mass: ended.mass };
}
function boardedFor(next, { run, boarded }) {
  if (boarded === "unseen") return "unseen";
  const sameStop = next.path.stopIds[0] === run.path.stopIds.at(-1);
  return boarded === lastStop(run) && sameStop ? 0 : "nowhere";
}

// src/onboard/position/track/advance.ts
var FORGETS_MS = 30 * 6e4;
function advanced(track, atMs, runs2) {
  const now = movedOnTo(track, atMs, void 0, runs2);
  const { hypotheses, elsewhere } = now.belief;
  return now.belief === track.belief ? now : { ...now, belief: settled(hypotheses, elsewhere) };
}
function movedOnTo(track, atMs, speedMps, runs2) {
  const { belief, doors: doors3 } = track;
  const sinceMs = atMs - (track.atMs ?? atMs);
  if (sinceMs <= 0) return { ...track, atMs: epoch(Math.max(atMs, track.atMs ?? atMs)) };
  if (sinceMs > FORGETS_MS) return { ...track, atMs, belief: NOTHING_KNOWN };
  if (doors3.open.length > 0) return { ...track, atMs };
  const step = { forS: sinceMs / 1e3, speedMps, doorsHeard: doors3.heard };
  const moving = { ...track, atMs, belief: movedOn(belief, step) };
  return turnedRound(moving, turnedAfter(moving.belief.hypotheses, step.forS, runs2));
}
function movedOn({ hypotheses, elsewhere }, step) {
  const moving = hypotheses.map((one) => moved(one, step));
  const leaves = 1 - Math.exp(-step.forS / WEIGHTS.elsewhere.leavesEveryS);
  return { hypotheses: moving, elsewhere: elsewhere + leaves * (1 - elsewhere) };
}
function turnedRound(track, turned) {
  if (turned === void 0) return track;
  const { hypotheses, over, began } = turned;
  const duty = began.reduce((duty2, { after, next }) => goesOn(duty2, after, next), track.duty);
  return { ...track, duty, belief: { hypotheses, elsewhere: track.belief.elsewhere + over } };
}

// src/onboard/position/track/evidence.ts
var { fix: ofFix, course: ofCourse, off: ofOff, elsewhere: ofElsewhere, telegram } = WEIGHTS;
var RADIANS2 = Math.PI / 180;
function sight(plane, { lat, lon, accuracyM, speedMps, courseDeg }, sinceS) {
  const goes = courseDeg !== void 0 && speedMps !== void 0 && speedMps >= ofCourse.fromMps;
  return {
    ...onPlane(plane, lat, lon),
    errorM2: Math.max(accuracyM ?? ofFix.errorM, ofFix.errorM / 2) ** 2,
    east: goes ? Math.sin(courseDeg * RADIANS2) : 0,
    north: goes ? Math.cos(courseDeg * RADIANS2) : 0,
    weight: Math.min(1, Math.max(0, sinceS) / ofFix.correlatedS)
  };
}
var ANY_COURSE = ofCourse.wrongShare + (1 - ofCourse.wrongShare) * meanOfCourses();
function meanOfCourses() {
  const all = Array.from({ length: 360 }, (_, deg) => agreement(Math.cos(deg * RADIANS2)));
  return all.reduce((sum, one) => sum + one, 0) / all.length;
}
function agreement(cosine) {
  return Math.exp(ofCourse.concentration * (cosine - 1));
}
var BESIDE_M2 = ofOff.besideM ** 2;
var BESIDE = 1 / (2 * Math.PI * BESIDE_M2);
function seenAt(one, seen) {
  const { x, y, east, north, asideM2, cellM } = one.run.path;
  const goes = seen.east !== 0 || seen.north !== 0;
  const anyCourse = goes ? ANY_COURSE : 1;
  const errorM2 = seen.errorM2 + cellM ** 2 / 12;
  const masses = new Float64Array(one.masses.length);
  for (let at = 0; 2 * at < masses.length; at += 1) {
    const cell = one.first + at;
    const apartM2 = ((x[cell] ?? 0) - seen.x) ** 2 + ((y[cell] ?? 0) - seen.y) ** 2;
    const spreadM2 = errorM2 + (asideM2[cell] ?? 0);
    const near = (1 - ofFix.outlierShare) / (2 * Math.PI * spreadM2) * Math.exp(-apartM2 / (2 * spreadM2));
    const cosine = (east[cell] ?? 0) * seen.east + (north[cell] ?? 0) * seen.north;
    const course = goes ? ofCourse.wrongShare + (1 - ofCourse.wrongShare) * agreement(cosine) : 1;
    const beside = BESIDE * Math.exp(-apartM2 / (2 * BESIDE_M2)) * anyCourse;
    const on = (near * course + ofFix.outlierShare * beside) ** seen.weight;
    masses[2 * at + ON] = (one.masses[2 * at + ON] ?? 0) * on;
    masses[2 * at + OFF] = (one.masses[2 * at + OFF] ?? 0) * beside ** seen.weight;
  }
  return hypothesis({ run: one.run, boarded: one.boarded, first: one.first, masses });
}
function seenElsewhere(seen) {
  const anyCourse = seen.east !== 0 || seen.north !== 0 ? ANY_COURSE : 1;
  return (anyCourse / ofElsewhere.areaM2) ** seen.weight;
}
function named(one, stopIds, { there, notThere }) {
  const { path } = one.run;
  const likely = new Float64Array(endOf(one) - one.first).fill(notThere);
  for (let stop = 0; stop < path.stopIds.length; stop += 1) {
    if (!stopIds.has(path.stopIds[stop] ?? "")) continue;
    const { from, to } = approach(path, stop);
    likely.fill(there, Math.max(0, from - one.first), Math.max(0, to - one.first));
  }
  return hypothesis({ ...one, masses: one.masses.map((mass, at) => mass * (likely[at >> 1] ?? 0)) });
}
function approach(path, stop) {
  const behind = Math.round(telegram.behindM / path.cellM);
  const pole = path.stopCells[stop] ?? 0;
  return {
    from: stop === 0 ? 0 : Math.min(pole, (path.stopCells[stop - 1] ?? 0) + 1),
    to: pole + behind + 1
  };
}

// src/onboard/position/track/boarding.ts
var { doors: doors2, forgotten: forgotten2 } = WEIGHTS;
function opened(all) {
  return regardless(all).flatMap((run) => [...atStops(run), awayFromStops(run)]);
}
function atStops(one) {
  const { stopCells } = one.run.path;
  const split = [];
  for (let stop = 0; stop < stopCells.length; stop += 1) {
    const [before, after] = [stopCells[stop - 1] ?? -1, stopCells[stop + 1] ?? one.run.path.cells];
    if (after <= one.first || before >= endOf(one)) continue;
    const there = atStop(boardedAs(within(one, before + 1, Math.max(before + 2, after)), stop), stop);
    if (there.mass >= forgotten2.run * one.mass) split.push(there);
  }
  return split;
}
function atStop(one, stop) {
  const { x, y, stopCells, poles } = one.run.path;
  const pole = poles[stop] ?? { x: 0, y: 0 };
  const apartM2 = (cell) => ((x[cell] ?? 0) - pole.x) ** 2 + ((y[cell] ?? 0) - pole.y) ** 2;
  const leastM2 = apartM2(stopCells[stop] ?? 0);
  const masses = one.masses.map((mass, at) => {
    if (at % 2 === OFF) return 0;
    const beyondM2 = Math.max(0, apartM2(one.first + (at >> 1)) - leastM2);
    return mass * Math.exp(-beyondM2 / (2 * doors2.spreadM ** 2));
  });
  return hypothesis({ ...one, masses });
}
function awayFromStops(one) {
  const masses = one.masses.map((mass, at) => mass * (at % 2 === OFF ? doors2.onDetour : doors2.awayFromStops));
  return hypothesis({ ...one, boarded: "nowhere", masses });
}
function boardedAt(all, stopIds, wrong) {
  return regardless(all).flatMap((one) => {
    const { path } = one.run;
    const there = path.stopIds.flatMap((stopId, stop) => {
      if (!stopIds.has(stopId)) return [];
      const { from, to } = approach(path, stop);
      return [boardedAs(within(one, from, to), stop)];
    });
    const notThere = named(one, stopIds, { there: 0, notThere: wrong });
    return [...there, boardedAs(notThere, "nowhere")];
  });
}
function boardedNowhere(all) {
  return merged(all.map((one) => boardedAs(one, "nowhere")));
}

// src/onboard/position/track/heard.ts
var { doors: ofDoors, telegram: telegram2, fix: ofFix2 } = WEIGHTS;
var ALL_DOORS = "";
function heardDoors(track, { doorId = ALL_DOORS, open, atMs }, runs2) {
  const now = advanced(track, atMs, runs2);
  const { open: before } = now.doors;
  const others = doorId === ALL_DOORS && !open ? [] : before.filter((other) => other !== doorId);
  const stands = open ? [...others, doorId] : others;
  const isNew = open && before.length === 0;
  const at = isNew ? isFresh(now, atMs) ? now.fix : void 0 : now.doors.at;
  const doors3 = { heard: true, open: stands, at, contradicted: 0 };
  if (!isNew) return { ...now, doors: doors3 };
  const turned = turnedRound(now, turnedByDoors(now.belief.hypotheses, runs2));
  const { hypotheses, elsewhere } = turned.belief;
  return { ...turned, doors: doors3, belief: settled(opened(hypotheses), elsewhere * ofDoors.elsewhere) };
}
function heardStop(track, { stop, atMs }, runs2) {
  if (stop === track.bus.stop) return track;
  const now = advanced(track, atMs, runs2);
  const stopIds = new Set(runs2.stopsOfNumber(stop));
  const bus = { ...now.bus, stop };
  if (stopIds.size > 0) {
    return { ...now, bus: { ...bus, stopMs: atMs, strange: false }, belief: saidStop(now, stopIds) };
  }
  if (isFresh(now, atMs)) return { ...now, bus };
  const { hypotheses, elsewhere } = now.belief;
  return { ...now, bus: { ...bus, strange: true }, belief: settled(boardedNowhere(hypotheses), elsewhere) };
}
function saidStop({ belief, doors: doors3 }, stopIds) {
  const { hypotheses, elsewhere } = belief;
  const said = doors3.heard ? hypotheses.map((one) => named(one, stopIds, { there: 1, notThere: telegram2.wrong })) : boardedAt(hypotheses, stopIds, telegram2.wrong);
  return settled(said, elsewhere * telegram2.elsewhere);
}
function isFresh({ fix }, atMs) {
  return fix !== void 0 && atMs - fix.atMs <= ofFix2.freshMs;
}
function heardNextStop(track, { text, atMs }, runs2) {
  if (text === track.bus.nextStop) return track;
  const now = advanced(track, atMs, runs2);
  const shown = plain(text);
  const isNamed = (stopId) => isCutFrom(shown, plain(runs2.stopName(stopId) ?? ""));
  const stopIds = new Set(
    now.belief.hypotheses.flatMap(({ run }) => run.path.stopIds.filter((stopId) => isNamed(stopId)))
  );
  const bus = { ...now.bus, nextStop: text };
  if (stopIds.size === 0) return { ...now, bus };
  const naming = { there: 1, notThere: telegram2.wrongText };
  const said = now.belief.hypotheses.map((one) => named(one, stopIds, naming));
  return { ...now, bus, belief: settled(said, now.belief.elsewhere * telegram2.wrongText) };
}
function heardDestination(track, { destination, atMs }, runs2) {
  if (destination === track.bus.destination) return track;
  const now = advanced(track, atMs, runs2);
  const bus = { ...now.bus, destination };
  if (typeof destination === "number") return { ...now, bus };
  const shown = plain(destination);
  const goesThere = ({ run }) => isCutFrom(shown, plain(run.trip.headsign ?? ""));
  const { hypotheses, elsewhere } = now.belief;
  if (!hypotheses.some(goesThere)) return { ...now, bus };
  const weighed = hypotheses.map((one) => goesThere(one) ? one : scaled(one, telegram2.wrongText));
  return { ...now, bus, belief: settled(weighed, elsewhere * telegram2.wrongText) };
}
function plain(text) {
  return text.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim();
}
function isCutFrom(shown, whole) {
  return shown !== "" && whole.startsWith(shown);
}

// src/onboard/position/track/lateness.ts
var PARTS = [WEIGHTS.lateness.usual, WEIGHTS.lateness.unusual];
function latenessDensity(lateS) {
  let density = 0;
  for (const { share, earlyS, lateS: scaleS } of PARTS) {
    const scale = lateS < 0 ? -earlyS : scaleS;
    density += share / (earlyS + scaleS) * Math.exp(-lateS / scale);
  }
  return density;
}
function laterThan(lateS) {
  let share = 0;
  for (const { share: part, earlyS, lateS: scaleS } of PARTS) {
    const tail = lateS < 0 ? 1 - earlyS / (earlyS + scaleS) * Math.exp(lateS / earlyS) : scaleS / (earlyS + scaleS) * Math.exp(-lateS / scaleS);
    share += part * tail;
  }
  return share;
}

// src/onboard/position/track/birth.ts
var STAYS_S = 180;
var OFF_SHARE = WEIGHTS.off.lastsS / (WEIGHTS.off.leavesEveryS + WEIGHTS.off.lastsS);
function born(run, atS) {
  const { cells } = run.path;
  const masses = new Float64Array(2 * cells);
  const last = cells - 1;
  let due = dueS(run, 0);
  for (let cell = 0; cell < cells; cell += 1) {
    const next = cell === last ? due : dueS(run, cell + 1);
    const mass = latenessDensity(atS - due) * (next - due) + WEIGHTS.lateness.anywhere / cells;
    masses[2 * cell + ON] = mass * (1 - OFF_SHARE);
    masses[2 * cell + OFF] = mass * OFF_SHARE;
    due = next;
  }
  const lateAtEndS = atS - due;
  masses[ON] = (masses[ON] ?? 0) + laterThan(atS - dueS(run, 0));
  const end = 2 * last + ON;
  masses[end] = (masses[end] ?? 0) + laterThan(lateAtEndS - STAYS_S) - laterThan(lateAtEndS);
  return hypothesis({ run, boarded: "unseen", first: 0, masses });
}

// src/onboard/position/track/search.ts
var { elsewhere: weights } = WEIGHTS;
var NEW_SEARCH = { nextMs: void 0, route: 0 };
var RUNS_A_ROUTE = 8;
function bornOf(duty, track, atMs, mass, runs2) {
  const all = bornAt(runsOfDuty(duty, atMs, runs2), track, atMs);
  const whole = all.reduce((sum, one) => sum + one.mass, 0);
  return whole > 0 ? all.map((one) => scaled(one, mass / whole)) : [];
}
function bornAt(all, { doors: doors3 }, atMs) {
  const hypotheses = all.map((run) => born(run, intoRunS(run, atMs)));
  return doors3.open.length > 0 ? opened(hypotheses) : hypotheses;
}
function searched(track, atMs, runs2) {
  const { belief, search, duty } = track;
  const { elsewhere } = belief;
  if (elsewhere < weights.searchFrom) return track;
  const isDue = search.nextMs === void 0 || atMs >= search.nextMs;
  const told2 = isDue ? bornOf(duty, track, atMs, weights.found * elsewhere, runs2) : [];
  const isWide = isOpen(duty) || elsewhere >= weights.widerFrom;
  const others = isWide ? bornOnRoute(track, atMs, runs2) : [];
  const found = [...told2, ...others];
  const left = elsewhere - found.reduce((sum, { mass }) => sum + mass, 0);
  return {
    ...track,
    belief: { hypotheses: [...belief.hypotheses, ...found], elsewhere: Math.max(0, left) },
    search: {
      nextMs: isDue ? epoch(atMs + weights.searchEveryMs) : search.nextMs,
      route: search.route + (isWide ? 1 : 0)
    }
  };
}
function bornOnRoute(track, atMs, runs2) {
  const { routeIds } = runs2;
  const routeId = routeIds[track.search.route % Math.max(1, routeIds.length)];
  if (routeId === void 0) return [];
  const share = weights.found * track.belief.elsewhere / (RUNS_A_ROUTE * routeIds.length);
  return bornAt(runs2.about(routeId, atMs), track, atMs).map((one) => scaled(one, share));
}

// src/onboard/position/track/told.ts
var { wronglyTold, searchEveryMs } = WEIGHTS.elsewhere;
function told(track, duty, atMs, runs2) {
  const now = advanced(track, atMs, runs2);
  const { hypotheses, elsewhere } = now.belief;
  const isTold = ({ run }) => allows(duty, run);
  const kept2 = hypotheses.map((one) => isTold(one) ? one : scaled(one, wronglyTold));
  const followed = hypotheses.reduce((sum, one) => sum + (isTold(one) ? one.mass : 0), 0);
  const mass = (1 - followed) * (1 - wronglyTold);
  const fresh = followed > 0.5 || isOpen(duty) ? [] : bornOf(duty, now, atMs, mass, runs2);
  return {
    ...now,
    duty,
    belief: settled([...kept2, ...fresh], elsewhere * wronglyTold),
    search: { ...NEW_SEARCH, nextMs: epoch(atMs + searchEveryMs) }
  };
}
function toldLine(track, { line, atMs }, runs2) {
  if (line === track.bus.line) return track;
  const heard = { ...track, bus: { ...track.bus, line } };
  const routeIds = runs2.routesOfLine(line);
  const { duty } = track;
  const chosen = duty.tripIds.length > 0 && duty.routeIds?.some((routeId) => routeIds.includes(routeId));
  return chosen ? heard : told(heard, { by: "ibis", routeIds, tripIds: [], course: duty.course }, atMs, runs2);
}
function toldCourse(track, { course, atMs }, runs2) {
  if (course === track.bus.course) return track;
  const heard = { ...track, bus: { ...track.bus, course } };
  return told(heard, { ...track.duty, by: "ibis", course }, atMs, runs2);
}
function toldByDriver(track, { routeId, tripId, atMs }, runs2) {
  if (routeId === void 0 && tripId === void 0) return track;
  const ofTrip = tripId === void 0 ? void 0 : runs2.ofTrip(tripId, atMs)?.trip.routeId;
  const route = routeId ?? ofTrip;
  const duty = {
    by: "driver",
    routeIds: route === void 0 ? [] : [route],
    tripIds: tripId === void 0 ? [] : [tripId],
    course: void 0
  };
  return told(track, duty, atMs, runs2);
}

// src/onboard/position/track/observe.ts
function observe(track, seen, runs2) {
  switch (seen.kind) {
    case "fix":
      return seenFix(track, seen, runs2);
    case "no-fix":
      return track;
    case "doors":
      return heardDoors(track, seen, runs2);
    case "line":
      return toldLine(track, seen, runs2);
    case "course":
      return toldCourse(track, seen, runs2);
    case "destination":
      return heardDestination(track, seen, runs2);
    case "stop":
      return heardStop(track, seen, runs2);
    case "next-stop":
      return heardNextStop(track, seen, runs2);
    case "driver":
      return heardDriver(toldByDriver(track, seen, runs2), seen, runs2);
    default:
      return seen;
  }
}
function heardDriver(track, { stopId, atMs }, runs2) {
  if (stopId === void 0) return track;
  const now = advanced(track, atMs, runs2);
  return { ...now, driverMs: atMs, belief: saidStop(now, /* @__PURE__ */ new Set([stopId])) };
}
function seenFix(track, fix, runs2) {
  const doors3 = contradicted(track, fix, runs2);
  const now = searched(movedOnTo({ ...track, doors: doors3 }, fix.atMs, fix.speedMps, runs2), fix.atMs, runs2);
  const sinceS = track.fix === void 0 ? Number.POSITIVE_INFINITY : (fix.atMs - track.fix.atMs) / 1e3;
  const seen = sight(runs2.plane, fix, sinceS);
  const { hypotheses, elsewhere } = now.belief;
  return {
    ...now,
    fix,
    bus: now.bus.strange === true ? { ...now.bus, strange: false } : now.bus,
    belief: settled(
      hypotheses.map((one) => seenAt(one, seen)),
      elsewhere * seenElsewhere(seen)
    )
  };
}
var CONTRADICTIONS = 2;
function contradicted({ doors: doors3 }, fix, { plane }) {
  if (doors3.open.length === 0) return doors3;
  const at = doors3.at ?? fix;
  const [from, to] = [onPlane(plane, at.lat, at.lon), onPlane(plane, fix.lat, fix.lon)];
  const { closedFromM, closedFromMps } = WEIGHTS.doors;
  const goes = (fix.speedMps ?? 0) >= closedFromMps || Math.hypot(to.x - from.x, to.y - from.y) >= closedFromM;
  const times2 = goes ? doors3.contradicted + 1 : 0;
  if (times2 < CONTRADICTIONS) return { ...doors3, at, contradicted: times2 };
  return { heard: true, open: [], at: void 0, contradicted: 0 };
}

// src/onboard/position/track/track.ts
var NEW_TRACK = {
  duty: OPEN,
  belief: NOTHING_KNOWN,
  atMs: void 0,
  doors: { heard: false, open: [], at: void 0, contradicted: 0 },
  search: NEW_SEARCH,
  fix: void 0,
  bus: {},
  driverMs: void 0
};

// scripts/exp6.ts
var stops = openStops("/tmp/exp/hart.db");
var zone = compileZone(stops.timezone);
var runs = runsOf(stops, zone);
var date = 20180516;
var random = randomFrom(7);
var lists = stops.routeIds().map((r) => stops.tripsOn(r, date)).filter((l) => l.length > 0);
var times = [];
var cpu = 0;
var n = 0;
for (let i = 0; i < 12; i++) {
  const run = random.pick(random.pick(lists));
  const block = stops.tripsOfBlock(run.blockId, date);
  const at = block.findIndex((t) => t.tripId === run.tripId);
  const chain = block.slice(at, at + 2).map((t) => stops.trip(t.tripId));
  const events = drive({ stops, zone, plane: runs.plane }, chain, date, { receiver: { errorM: 10, outlierShare: 0.05, gapS: 60, gapEveryS: 1800, speed: i % 2 === 0 }, doorIds: ["1"] }, random);
  let track = observe(NEW_TRACK, process.argv[2] === "route" ? { kind: "driver", atMs: events[0].atMs, routeId: run.routeId } : { kind: "driver", atMs: events[0].atMs, tripId: run.tripId }, runs);
  const c = process.cpuUsage();
  for (const e of events) if (e.kind === "heard") {
    const b = performance.now();
    track = observe(track, e.seen, runs);
    if (i > 2) times.push((performance.now() - b) * 1e3);
    n++;
  }
  const u = process.cpuUsage(c);
  if (i > 2) cpu += u.user + u.system;
  else n = 0;
}
times.sort((a, b) => a - b);
console.log("cpu us/obs", cpu / n, "wall", [0.5, 0.9, 0.99, 0.999].map((q) => times[Math.floor(times.length * q)].toFixed(1)).join(" "), "max", times.at(-1).toFixed(0));
