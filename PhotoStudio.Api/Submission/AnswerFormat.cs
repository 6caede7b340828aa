using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Submission;

/// <summary>The forms in which a result goes out.</summary>
public enum AnswerFormat
{
    /// <summary>The picture's bytes.</summary>
    Picture,

    /// <summary>The job as JSON.</summary>
    Json,
}

/// <summary>Chooses the form of an answer by the <c>Accept</c> header (RFC 9110, 12.5.1).</summary>
public static class AnswerFormats
{
    /// <summary>
    /// The form the caller likes best. Equal weights go to what was named first, and a name goes before the wildcard <c>*/*</c>;
    /// a caller who accepts anything gets the picture where there is exactly one.
    /// </summary>
    /// <returns>The form; null when none of those that this operation has is acceptable.</returns>
    public static AnswerFormat? Choose(StringValues accept, Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var isPicture = operation.Output == OperationOutput.Picture;
        AnswerFormat[] offered = isPicture ? [AnswerFormat.Picture, AnswerFormat.Json] : [AnswerFormat.Json];
        if (StringValues.IsNullOrEmpty(accept) || !MediaTypeHeaderValue.TryParseList(accept, out var ranges)) return offered[0];

        return offered
            .Select(format => (Format: format, Rank: Rank(format, ranges)))
            .Where(offer => offer.Rank.Quality > 0)
            .OrderByDescending(offer => offer.Rank.Quality)
            .ThenByDescending(offer => offer.Rank.Named)
            .ThenBy(offer => offer.Rank.Place)
            .Select(offer => (AnswerFormat?)offer.Format)
            .FirstOrDefault();
    }

    private static (double Quality, bool Named, int Place) Rank(AnswerFormat format, IList<MediaTypeHeaderValue> ranges)
    {
        (double Quality, bool Named, int Place) best = (0, false, int.MaxValue);
        for (var place = 0; place < ranges.Count; place++)
        {
            var named = Names(ranges[place], format);
            if ((!named && !ranges[place].MatchesAllTypes) || (best.Named && !named)) continue;

            // What is named outweighs the wildcard even where it is named to be refused.
            var quality = ranges[place].Quality ?? 1;
            if (named && !best.Named) best = (quality, true, place);
            else if (quality > best.Quality) best = (quality, named, place);
        }

        return best;
    }

    private static bool Names(MediaTypeHeaderValue range, AnswerFormat format) => format == AnswerFormat.Picture
        ? range.Type.Equals("image", StringComparison.OrdinalIgnoreCase)
        : range.Type.Equals("application", StringComparison.OrdinalIgnoreCase) && (range.MatchesAllSubTypes
            || range.SubType.Equals("json", StringComparison.OrdinalIgnoreCase)
            || range.SubType.Equals("problem+json", StringComparison.OrdinalIgnoreCase));
}
