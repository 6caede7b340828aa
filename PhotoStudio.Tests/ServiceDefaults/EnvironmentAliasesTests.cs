using Microsoft.Extensions.Configuration;
using PhotoStudio.ServiceDefaults.Configuration;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.ServiceDefaults;

public sealed class EnvironmentAliasesTests
{
    [Fact]
    public void An_alias_sets_the_setting_it_stands_for() =>
        Configure([("MAX_UPLOAD_SIZE", " 5000000 ")])["Studio:Uploads:MaxBytes"].ShouldBe("5000000");

    [Fact]
    public void A_setting_given_under_its_own_name_wins_over_the_alias() =>
        Configure([("MAX_UPLOAD_SIZE", "5")], ("Studio:Uploads:MaxBytes", "7"))["Studio:Uploads:MaxBytes"].ShouldBe("7");

    [Fact]
    public void A_setting_added_later_wins_over_the_alias_too()
    {
        var configuration = new ConfigurationManager();
        configuration.AddEnvironmentAliases([KeyValuePair.Create("JWT_SECRET", (string?)"alias")]);
        configuration.AddInMemoryCollection([KeyValuePair.Create("Studio:Auth:JwtSecret", (string?)"own")]);
        configuration["Studio:Auth:JwtSecret"].ShouldBe("own");
    }

    [Theory]
    [InlineData("jpg,jpeg,png")]
    [InlineData("jpg jpeg png")]
    [InlineData("['jpg', 'jpeg', 'png']")]
    [InlineData("[\"jpg\",\"jpeg\",\"png\"]")]
    public void A_list_is_read_however_it_was_written(string value) =>
        Configure([("ALLOWED_IMAGE_EXTENSIONS", value)]).GetSection("Studio:Uploads:AllowedExtensions").Get<string[]>()
            .ShouldBe(["jpg", "jpeg", "png"]);

    [Theory]
    [InlineData("True", "true")]
    [InlineData("1", "true")]
    [InlineData("on", "true")]
    [InlineData("False", "false")]
    [InlineData("0", "false")]
    public void A_flag_is_read_in_the_spellings_the_systems_use(string value, string expected) =>
        Configure([("USE_CONTENT_MODERATION", value)])["Studio:Moderation:Enabled"].ShouldBe(expected);

    [Fact]
    public void The_first_of_several_names_for_one_setting_wins() =>
        Configure([("AWS_DEFAULT_REGION", "eu-west-1"), ("AWS_REGION", "ap-southeast-1")])["Studio:Blobs:S3:Region"].ShouldBe("ap-southeast-1");

    [Fact]
    public void Blank_and_unknown_variables_set_nothing() =>
        EnvironmentAliases.Resolve([KeyValuePair.Create("JWT_SECRET", (string?)"  "), KeyValuePair.Create("PATH", (string?)"/bin")]).ShouldBeEmpty();

    [Fact]
    public void Every_name_of_the_five_systems_is_in_the_table()
    {
        string[] names =
        [
            "MAX_UPLOAD_SIZE", "DAILY_UPLOAD_LIMIT_FREE", "DAILY_UPLOAD_LIMIT_PREMIUM", "ALLOWED_IMAGE_EXTENSIONS", "USE_CONTENT_MODERATION",
            "JWT_SECRET", "OPENAI_API_KEY", "SERVICE_URL", "MODEL_PATH", "MODEL_FILE", "ENABLE_IP_ADAPTER", "ENABLE_LORA", "S3_BUCKET_NAME",
            "S3_AVATAR_PREFIX", "S3_SUBJECT_PREFIX", "S3_GENERATED_PREFIX", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION", "MONGO_URI",
        ];
        EnvironmentAliases.All.Select(alias => alias.Name).ShouldBeUnique();
        names.Except(EnvironmentAliases.All.Select(alias => alias.Name)).ShouldBeEmpty();
    }

    [Fact]
    public void The_documentation_has_the_whole_table()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "environment.md"));
        foreach (var alias in EnvironmentAliases.All) page.ShouldContain($"| `{alias.Name}` | `{alias.Setting}` | {alias.Kind.ToString().ToLowerInvariant()} | {alias.Meaning} |");
    }

    private static ConfigurationManager Configure(
        IEnumerable<(string Name, string Value)> variables,
        params IEnumerable<(string Key, string Value)> settings)
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        configuration.AddEnvironmentAliases(variables.Select(variable => KeyValuePair.Create(variable.Name, (string?)variable.Value)));
        return configuration;
    }
}
