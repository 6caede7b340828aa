using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Benchmarks.Gallery;

/// <summary>
/// Fills a gallery: titles of made-up words of which few are frequent and many are rare (Zipf), operations, styles, tags, favourites, hashes.
/// The same seed makes the same gallery on every database.
/// </summary>
internal static class GallerySeed
{
    public const string CommonWord = "photo";
    private const int PerBatch = 1000;
    private const int Vocabulary = 4000;

    private static readonly string[] Syllables = ["ba", "co", "di", "fu", "ge", "ha", "jo", "ki", "lu", "me", "na", "po", "ri", "su", "te", "vo"];
    private static readonly string[] Operations = ["generate", "edit", "upscale", "remove-background", "style-transfer", "resize", "enhance", "relight"];
    private static readonly string[] Styles = ["anime", "photorealistic", "watercolor", "oil", "sketch"];
    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The word of a rank; rank 1 is the most frequent of the made-up ones.</summary>
    public static string Word(int rank) => $"{Syllables[rank % 16]}{Syllables[rank / 16 % 16]}{Syllables[rank / 256 % 16]}{(char)('a' + (rank % 26))}";

    /// <summary>The tag of a number from 0.</summary>
    public static string Tag(int number) => $"tag-{number}";

    /// <summary>Inserts an owner's pictures.</summary>
    public static async Task FillAsync(GalleryDatabase database, Owner owner, int pictures, int seed, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        for (var done = 0; done < pictures; done += PerBatch)
        {
            await using var db = database.Open();
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            for (var i = done; i < Math.Min(pictures, done + PerBatch); i++)
            {
                var words = Enumerable.Range(0, 5).Select(_ => Word(Rank(random))).Append(i % 2 == 0 ? CommonWord : "picture").Distinct(StringComparer.Ordinal).ToList();
                var tags = Enumerable.Range(0, i % 3).Select(_ => Tag(Rank(random) % 200)).Distinct(StringComparer.Ordinal).ToList();
                var row = Row(owner, i, random, string.Join(' ', words));
                db.Images.Add(row);
                db.ImageTerms.AddRange(words.Append(row.Operation!.Split('-')[0]).Distinct(StringComparer.Ordinal)
                    .Select(word => new ImageTermRow { Owner = row.Owner, Term = word, ImageId = row.Id }));
                db.ImageTags.AddRange(tags.Select(tag => new ImageTagRow { Owner = row.Owner, Slug = tag, Name = tag, ImageId = row.Id }));
            }

            await db.SaveChangesAsync(cancellationToken);
        }
    }

    private static ImageRow Row(Owner owner, int number, Random random, string title) => new()
    {
        Id = OrderedId.New(Start.AddMinutes(number)),
        Owner = owner.Text,
        Kind = ImageKind.Result,
        BlobKey = $"processed/{owner.StorageName}/2025-01-01/{owner.StorageName[..8]}{number:D8}-1-0.png",
        ContentType = "image/png",
        Width = 1024,
        Height = 1024,
        Bytes = 1_000_000 + number,
        Sha256 = $"{owner.StorageName}{number:x32}",
        CreatedAt = Start.AddMinutes(number),
        Operation = Operations[random.Next(Operations.Length)],
        Parameters = """{"prompt":"a sentence about a picture that somebody wanted","width":1024,"height":1024,"style":"anime","seed":12345}""",
        Engine = """{"engine":"scene-painter","tier":"Builtin","version":"1","device":"cpu","milliseconds":812.5,"seed":12345}""",
        Parents = "[]",
        InGallery = true,
        IsContentSafe = true,
        IsFavorite = number % 40 == 0,
        IsPublic = number % 50 == 0,
        Title = title,
        Prompt = title,
        Style = Styles[random.Next(Styles.Length)],
        PerceptualHash = random.NextInt64(long.MinValue, long.MaxValue),
    };

    private static int Rank(Random random) => (int)Math.Pow(Vocabulary, random.NextDouble());
}
