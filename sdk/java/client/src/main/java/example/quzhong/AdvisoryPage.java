package example.quzhong;

import example.quzhong.api.workhours.v1.Advisory;
import java.util.List;

/**
 * One answer of the list.
 *
 * @param advisories what holds
 * @param resumeToken ask again with it: at once if there is more, or later for what has come; the
 *     watch takes it too
 * @param more whether there is more
 */
public record AdvisoryPage(List<Advisory> advisories, String resumeToken, boolean more) {}
