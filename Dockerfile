# Caelum in a container: built with a JDK, run by a JRE as an ordinary user. Needs no BuildKit.
#   docker build -t caelum .
#   docker run --network host caelum                 node and dashboard
#   docker run --network host caelum beacon          node alone

FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY . .
RUN ./caelum build \
 && javac -d launcher launcher/Train.java \
 && mkdir -p /opt/caelum/backend/target /opt/caelum/ui/target \
 && cp -r caelum pom.xml launcher /opt/caelum/ \
 && mkdir -p /opt/caelum/config && cp -r config/jvm /opt/caelum/config/ \
 && cp -r backend/target/caelum-backend.jar backend/target/lib /opt/caelum/backend/target/ \
 && cp -r ui/target/caelum-ui.jar ui/target/lib /opt/caelum/ui/target/

FROM eclipse-temurin:25-jre
COPY --from=build /opt/caelum /opt/caelum
# The start-up caches serve only the JVM, and the files, that they were trained with.
RUN /opt/caelum/caelum train \
 && useradd --system --create-home --home-dir /var/lib/caelum caelum
USER caelum
ENV CAELUM_DATA=/var/lib/caelum
VOLUME /var/lib/caelum
EXPOSE 8080 8090 8181/udp
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["/opt/caelum/caelum", "status"]
ENTRYPOINT ["/opt/caelum/caelum"]
CMD ["dashboard"]
