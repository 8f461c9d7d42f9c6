// What is kept of a row of logits: the largest, the sum of exponentials in sixteen lanes of double, one token's logit.
//
// A block of threads to a row. Eight warps compute exponentials, as many at once as they like; a ninth adds those of the step before,
// each lane its own in rising order.

#define SCORE_STEP 2048

KERNEL __launch_bounds__(288) hifi_score(
    const float *logits, const int *targets, int vocabulary, float *largest, double *sums, float *found) {
    __shared__ float terms[2][SCORE_STEP];
    __shared__ float most_of[9];
    __shared__ int unordered_in[9];
    const int thread = threadIdx.x, lane = thread & 31, warp = thread >> 5, row = blockIdx.x;
    const float *x = logits + (u64)row * vocabulary;
    float most = -INFINITE;
    int unordered = 0;
#pragma unroll 8
    for (int k = thread; k < vocabulary; k += 288) {
        const float v = x[k];
        most = v > most ? v : most;
        unordered |= v != v;
    }
#pragma unroll
    for (int distance = 16; distance > 0; distance /= 2) {
        const float other = __shfl_xor_sync(EVERY_LANE, most, distance);
        most = other > most ? other : most;
        unordered |= __shfl_xor_sync(EVERY_LANE, unordered, distance);
    }
    if (lane == 0) most_of[warp] = most, unordered_in[warp] = unordered;
    __syncthreads();
#pragma unroll
    for (int k = 0; k < 9; k++) {
        most = most_of[k] > most ? most_of[k] : most;
        unordered |= unordered_in[k];
    }
    if (unordered) most = NOT_A_NUMBER;
    float ahead[SCORE_STEP / 256];
    double sum = 0;
    const int steps = (vocabulary + SCORE_STEP - 1) / SCORE_STEP;
    // One step more than there are, in which only the ninth warp has work.
#pragma unroll 1
    for (int step = 0; step <= steps; step++) {
        if (warp < 8) {
            if (step == 0) {
#pragma unroll
                for (int k = 0; k < SCORE_STEP / 256; k++) {
                    const int i = thread + 256 * k;
                    if (i < vocabulary) ahead[k] = x[i];
                }
            }
            float present[SCORE_STEP / 256];
#pragma unroll
            for (int k = 0; k < SCORE_STEP / 256; k++) {
                const int i = SCORE_STEP * (step + 1) + thread + 256 * k;
                present[k] = ahead[k];
                if (i < vocabulary) ahead[k] = x[i];
            }
            if (step < steps) {
#pragma unroll
                for (int k = 0; k < SCORE_STEP / 256; k++) {
                    const int i = SCORE_STEP * step + thread + 256 * k;
                    terms[step & 1][thread + 256 * k] = i < vocabulary ? exponential(__fsub_rn(present[k], most)) : 0.0f;
                }
            }
        } else if (step > 0) {
            const float *term = terms[(step - 1) & 1] + (lane & 15);
#pragma unroll 16
            for (int k = 0; k < SCORE_STEP; k += 16) sum = __dadd_rn(sum, (double)term[k]);
        }
        __syncthreads();
    }
    if (warp < 8) return;
    sum = lane_sum_double(sum);
    if (lane > 0) return;
    const int target = targets[row];
    largest[row] = most;
    sums[row] = sum;
    found[row] = target >= 0 && target < vocabulary ? x[target] : NOT_A_NUMBER;
}
