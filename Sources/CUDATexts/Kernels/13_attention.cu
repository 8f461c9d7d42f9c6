// Causal attention: scores, softmax terms, what is read by them; three kernels by way of the caller's memory, so that each sum can have
// the order of the C kernels. A pass works on `rows` queries from `row` on, of as many pairs of a sequence and a head as the grid has in y.

struct Pass {
    int length;  // positions of a sequence
    int heads;   // of queries, in a row
    int group;   // heads of queries to one of keys
    int size;    // numbers of a head
    int pair, row, rows;
    int stride;  // distance of two queries' scores, a multiple of sixteen
    int aligned;  // bit 0: heads of inputs may be loaded in fours; bit 1: those of the output may be stored so
};

/// Where this block's pair lies: the first number of its head at position 0.
struct Place {
    u64 queries, keys;
    u64 width, narrow;  // numbers of a position
};

DEVICE Place place_of_pair(const Pass &at) {
    const int pair = at.pair + (int)blockIdx.y, sequence = pair / at.heads, head = pair % at.heads;
    Place place;
    place.width = (u64)at.heads * at.size, place.narrow = (u64)(at.heads / at.group) * at.size;
    place.queries = (u64)sequence * at.length * place.width + (u64)head * at.size;
    place.keys = (u64)sequence * at.length * place.narrow + (u64)(head / at.group) * at.size;
    return place;
}

/// 128 queries by 128 keys to a block. Nothing is done where every key comes after every query.
KERNEL __launch_bounds__(256, 2) hifi_attention_scores(const float *queries, const float *keys, float *scores, Pass at) {
    const int tiles = (at.rows + 127) / 128, query = (int)blockIdx.x % tiles * 128, key = (int)blockIdx.x / tiles * 128;
    if (key >= at.row + min(query + 128, at.rows)) return;
    const Place place = place_of_pair(at);
    const bool fours = at.aligned & 1;
    const TermsInRows<Full> left(
        queries + place.queries + (u64)(at.row + query) * place.width, place.width, at.rows - query, at.size, fours, 0.0f);
    const TermsInRows<Full> right(keys + place.keys + (u64)key * place.narrow, place.narrow, at.length - key, at.size, fours, -0.0f);
    float sum[8][8];
    tile_product<128, 128>(sum, left, right, at.size);
#pragma unroll
    for (int i = 0; i < 8; i++) {
        const int q = query + place_of<128>(thread_down(), i);
        if (q >= at.rows) continue;
#pragma unroll
        for (int group = 0; group < 2; group++) {
            const int k = key + place_of<128>(thread_across(), 4 * group);
            // Past the last key there is room up to the stride.
            if (k < at.stride) store4(scores + ((u64)blockIdx.y * at.rows + q) * at.stride + k, sum[i] + 4 * group);
        }
    }
}

/// `softmax_terms` in place, sixteen lanes to a query, over the keys up to its own; zero for those after it that are read with it.
KERNEL __launch_bounds__(256) hifi_attention_terms(float *scores, float *inverses, Pass at, float factor) {
    const int query = (int)blockIdx.x * 16 + (threadIdx.x >> 4), lane = threadIdx.x & 15;
    const bool present = query < at.rows;
    const u64 line = (u64)blockIdx.y * at.rows + (present ? query : 0);
    float *x = scores + line * at.stride;
    const int seen = present ? at.row + query + 1 : 0;
    float most = -INFINITE;
    int unordered = 0;
#pragma unroll 8
    for (int k = lane; k < seen; k += 16) {
        const float v = x[k];
        most = v > most ? v : most;
        unordered |= v != v;
    }
#pragma unroll
    for (int distance = 8; distance > 0; distance /= 2) {
        const float other = __shfl_xor_sync(EVERY_LANE, most, distance);
        most = other > most ? other : most;
        unordered |= __shfl_xor_sync(EVERY_LANE, unordered, distance);
    }
    if (unordered) most = NOT_A_NUMBER;
    float sum = 0;
#pragma unroll 4
    for (int k = lane; k < seen; k += 16) {
        const float term = exponential(__fmul_rn(factor, __fsub_rn(x[k], most)));
        x[k] = term;
        sum = __fadd_rn(sum, term);
    }
    sum = lane_sum(sum);
    if (!present) return;
    if (lane == 0) inverses[line] = __fdiv_rn(1.0f, sum);
    // The tile that reads this row goes on to its last query, in steps of DEPTH.
    const int end = (at.row + min(query / 128 * 128 + 128, at.rows) + DEPTH - 1) / DEPTH * DEPTH;
    for (int k = seen + lane; k < end; k += 16) x[k] = 0;
}

/// 128 queries by WIDTH numbers of a head to a block, over the keys up to the last query, times 1 / sum. Late queries take longest and
/// come first.
template <int WIDTH>
DEVICE void read_body(const float *terms, const float *inverses, const float *values, float *out, const Pass &at) {
    const int parts = (at.size + WIDTH - 1) / WIDTH, tiles = (at.rows + 127) / 128;
    const int query = (tiles - 1 - (int)blockIdx.x / parts) * 128, column = (int)blockIdx.x % parts * WIDTH;
    // In shared memory, and looked up again after the product: registers are short.
    __shared__ Place place;
    if (threadIdx.x == 0) place = place_of_pair(at);
    __syncthreads();
    const int keys = at.row + min(query + 128, at.rows);
    const TermsInRows<Full> left(
        terms + ((u64)blockIdx.y * at.rows + query) * at.stride, (u64)at.stride, at.rows - query, at.stride, true, 0.0f);
    const bool fours = at.aligned & 1;
    const TermsInColumns<WIDTH> right(values + place.keys + column, place.narrow, at.length, at.size - column, fours, -0.0f);
    float sum[8][WIDTH / 16];
    tile_product<128, WIDTH>(sum, left, right, keys);
#pragma unroll
    for (int i = 0; i < 8; i++) {
        const int q = query + place_of<128>(thread_down(), i);
        if (q >= at.rows) continue;
        const float inverse = inverses[(u64)blockIdx.y * at.rows + q];
        float *to = out + place.queries + (u64)(at.row + q) * place.width;
#pragma unroll
        for (int group = 0; group < WIDTH / 64; group++) {
            const int c = column + place_of<WIDTH>(thread_across(), 4 * group);
            float v[4];
#pragma unroll
            for (int k = 0; k < 4; k++) v[k] = __fmul_rn(sum[i][4 * group + k], inverse);
            store_some(to + c, v, at.size - c, at.aligned & 2);
        }
    }
}

KERNEL __launch_bounds__(256, 2) hifi_attention_read_128(
    const float *terms, const float *inverses, const float *values, float *out, Pass at) {
    read_body<128>(terms, inverses, values, out, at);
}

KERNEL __launch_bounds__(256, 2) hifi_attention_read_64(
    const float *terms, const float *inverses, const float *values, float *out, Pass at) {
    read_body<64>(terms, inverses, values, out, at);
}
